import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkConfig } from '../../src/config/load.js';
import { describeProblems } from '../../src/config/problem.js';
import { PROJECT } from '../support/project.js';
import { inAppFolder } from './app-folder.js';

const it = suite('load.problems');

/** Each table is a text of cases: `=== name`, what is written, and a `> ` line for each problem of it. */
const TABLES: Readonly<Record<string, (written: string) => string>> = {
  files: (written) => written,
  keys: (written) => `workers:\n  web:\n${indented(written)}    command: sh\n`,
  commands: (written) => `workers:\n  web:\n    command: ${written}\n`,
};

for (const [table, yamlOf] of Object.entries(TABLES)) {
  const file = join(PROJECT, 'test/config/problems', `${table}.txt`);
  const cases = readFileSync(file, 'utf8').split(/^=== /m).slice(1).map(readCase);
  for (const { name, written, problems } of cases) {
    it(`refuses of ${table} ${name}`, () => assert.equal(problemsOf(yamlOf(written)), problems));
  }
  if (process.env['SUP_CAPTURE'] === '1') {
    writeFileSync(
      file,
      cases.map((each) => textOf({ ...each, problems: problemsOf(yamlOf(each.written)) })).join(''),
    );
  }
}

type Case = { readonly name: string; readonly written: string; readonly problems: readonly string[] };

function readCase(text: string): Case {
  const [name = '', ...lines] = text.trimEnd().split('\n');
  const isProblem = (line: string) => line.startsWith('> ');
  const written = lines.filter((line) => !isProblem(line)).map((line) => `${line}\n`);
  return { name, written: written.join(''), problems: lines.filter(isProblem).map((line) => line.slice(2)) };
}

function textOf({ name, written, problems }: Case): string {
  return `=== ${name}\n${written}${problems.map((problem) => `> ${problem}\n`).join('')}\n`;
}

function indented(lines: string): string {
  return lines.replace(/^(?=.)/gm, '    ');
}

function problemsOf(yaml: string): readonly string[] {
  return inAppFolder({ 'sup.yaml': yaml }, (dir) => {
    const { problems, config } = checkConfig(join(dir, 'sup.yaml'), { PATH: '/usr/bin:/bin', SET: 'x' });
    assert.is(config === null, problems.length > 0);
    return describeProblems(problems).replaceAll(dir, 'DIR').split('\n');
  });
}

it.run();
