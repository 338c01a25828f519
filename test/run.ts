import { parseArgs } from 'node:util';
import { endReport, fileLine } from './runner/report.js';
import { type Result, runFile } from './runner/run-file.js';
import { filesOf, SUITES } from './runner/suites.js';

const USAGE = `usage: node dist/test/run.js [--suite ${Object.keys(SUITES).join('|')}] [--deadline SECONDS] [--at-once N] [PATTERN…]`;

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const suite = SUITES[values.suite];
  const deadline = Number(values.deadline ?? suite?.deadline);
  const atOnce = Number(values['at-once'] ?? suite?.atOnce);
  if (!suite || !(deadline > 0 && atOnce >= 1)) return refuse(USAGE);
  const files = filesOf(import.meta.dirname, suite, positionals);
  if (files.length === 0) return refuse(`no test file for: ${[values.suite, ...positionals].join(' ')}`);
  return runAll(files, deadline, atOnce);
}

function readArguments() {
  const options = {
    suite: { type: 'string', default: 'default' },
    deadline: { type: 'string' },
    'at-once': { type: 'string' },
  } as const;
  return parseArgs({ options, allowPositionals: true });
}

function refuse(why: string): number {
  console.log(`${why}\n0 passed, 1 failed`);
  return 1;
}

async function runAll(files: readonly string[], deadline: number, atOnce: number): Promise<number> {
  const stop = stopOnSignal();
  const began = performance.now();
  const patience = { deadline, summary: 20, children: 5 };
  const results: Result[] = [];
  const queue = [...files];
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined && !stop.aborted; file = queue.shift()) {
      const result = await runFile(file, patience, stop);
      results.push(result);
      console.log(fileLine(import.meta.dirname, result));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  console.log(endReport(import.meta.dirname, results, (performance.now() - began) / 1000));
  return stop.aborted ? 130 : Number(results.some((result) => result.failed > 0));
}

function stopOnSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort());
  return stop.signal;
}
