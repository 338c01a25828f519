import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { followLogs } from '../../src/logs/follow-logs.js';
import { readLogs } from '../../src/logs/read-logs.js';
import { endOf, live, node, openRig, POLICY } from '../master/output/rig.js';
import { eventually } from '../support/eventually.js';
import { ask } from './folder.js';

const it = suite('follow logs, live');

const COUNT = 20_000;
const program = (name: string) =>
  node(`let i = 0; const more = () => { for (let n = 0; n < 500; n++) console.log('${name} ' + i++);
    if (i < ${COUNT}) setTimeout(more, 5); }; more()`);

it('sees every line of programs whose logs rotate and are compressed meanwhile', async () => {
  const rig = openRig();
  const stop = new AbortController();
  const seen: Record<string, string[]> = { 'web.0': [], 'web.1': [] };
  const following = (async () => {
    for await (const { worker, line } of followLogs(ask(rig.logDir), stop.signal)) seen[worker]?.push(line);
  })();
  const policy = { ...POLICY, rotate: 16 * 1024, compress: true };
  const lives = Object.keys(seen).map((worker, i) => live(rig, worker, i, program(worker), policy));
  await Promise.all(lives.map(({ output }) => endOf(output)));
  try {
    await checkAll(rig.logDir, seen);
  } finally {
    stop.abort();
    await following;
    rig.capture.close();
  }
});

async function checkAll(logDir: string, seen: Record<string, readonly string[]>): Promise<void> {
  for (const [worker, lines] of Object.entries(seen)) {
    const last = `${worker} ${COUNT - 1}`;
    await eventually(
      () => `${last}, but ${lines.at(-1)}`,
      () => lines.at(-1) === last,
    );
    const wanted = Array.from({ length: COUNT }, (_, i) => `${worker} ${i}`);
    assert.ok(lines.join('\n') === wanted.join('\n'), 'followed all');
    const read: string[] = [];
    for await (const { line } of readLogs(ask(logDir, { names: [worker] }))) read.push(line);
    assert.ok(read.join('\n') === wanted.join('\n'), 'read all');
  }
}

it.run();
