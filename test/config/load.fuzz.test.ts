import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkConfig } from '../../src/config/load.js';
import { inAppFolder } from './app-folder.js';

const it = suite('load.fuzz');
const HISTORIES = 1000;

const VALID = `name: shop
env: { A: &a "1", B: "\${SET}" }
workers:
  web: &web
    command: sh -c 'exit "1"' \${SET:-x y}
    count: 4
    listen: { http: 3000, admin: { unix: run/a.sock, mode: "0600" } }
    ready: { http: /healthz, within: 30s }
    reload: { by: signal, signal: USR1, batch: 2 }
    stop: { signal: SIGTERM, timeout: 10s }
    restart: { when: on-failure, codes: [0, 3], from: 1s, to: 1m }
    limits: { nofile: 1024, as: unlimited }
    logs:
      rotate: 1M
      every: never
    umask: 022
    envFile: .env
    needs:
      - api
  api: sh
  more:
    <<: *web
    needs: []
    ready: { log: /up/ }
    listen: "[::1]:3001"
`;

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SCRAPS = [
  '',
  ' ',
  '\n',
  '\t',
  ':',
  ': ',
  '- ',
  '[',
  ']',
  '{',
  '}',
  '&a ',
  '*a',
  '*web',
  '<<: ',
  '!!x ',
  '? ',
  '|',
  '>',
  '"',
  "'",
  '#',
  '%',
  '@',
  '`',
  '~',
  'null',
  '.inf',
  '0x1F',
  '-1',
  '1e9',
  '__proto__',
  'constructor',
  'toString: 1',
  '\0',
  '\u2028',
  '\uFEFF',
  '\ud83d',
  '---\n',
  '...\n',
  `\${`,
  '$${',
  '}',
  '\\',
  'web',
  'workers:',
  '  ',
  '999999999999999999999',
  '/',
  '..',
  'unix:',
  '2s',
];

type Dice = () => number;

function mutate(text: string, dice: Dice): string {
  const at = Math.floor(dice() * text.length);
  const length = Math.floor(dice() ** 3 * 40);
  const scrap = SCRAPS[Math.floor(dice() * SCRAPS.length)] ?? '';
  const lines = text.split('\n');
  const line = Math.floor(dice() * lines.length);
  const ways = [
    () => text.slice(0, at) + scrap + text.slice(at),
    () => text.slice(0, at) + text.slice(at + length),
    () => text.slice(0, at) + scrap + text.slice(at + length),
    () => lines.toSpliced(line, 1).join('\n'),
    () => lines.toSpliced(line, 0, lines[Math.floor(dice() * lines.length)] ?? '').join('\n'),
    () => lines.with(line, `${' '.repeat(Math.floor(dice() * 8))}${(lines[line] ?? '').trim()}`).join('\n'),
    () => lines.with(line, (lines[line] ?? '').replace(/:.*/, `: ${scrap}`)).join('\n'),
  ];
  return ways[Math.floor(dice() * ways.length)]?.() ?? text;
}

/** Every problem stands within the file. */
function assertWithin(text: string, file: string): void {
  const { problems, config } = checkConfig(file, { PATH: '/usr/bin:/bin', SET: 'x' });
  assert.is(config === null, problems.length > 0);
  const lines = text.split(/\r\n|\r|\n/);
  for (const problem of problems) {
    if (problem.file !== 'sup.yaml') continue;
    const line = lines[problem.line - 1];
    const fits = line !== undefined && problem.column >= 1 && problem.column <= line.length + 1;
    assert.ok(fits, `${problem.line}:${problem.column} ${problem.message}`);
    assert.ok(problem.message.length > 0);
  }
}

function check(text: string, file: string): void {
  writeFileSync(file, text);
  // What is no UTF-8 is read as other characters than were written.
  assertWithin(Buffer.from(text).toString(), file);
}

it('reads the file that is mutated below', () => {
  inAppFolder({ 'sup.yaml': VALID, '.env': 'A=1\n' }, (dir) => {
    const { problems } = checkConfig(join(dir, 'sup.yaml'), { PATH: '/usr/bin:/bin', SET: 'x' });
    assert.equal(problems, []);
  });
});

it('gives problems, each with its place, and never anything else', () => {
  inAppFolder({ '.env': 'A=1\n' }, (dir) => {
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const dice = seeded(seed);
      let text = VALID;
      for (let times = 0; times <= dice() * 4; times += 1) text = mutate(text, dice);
      try {
        check(text, join(dir, 'sup.yaml'));
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}\n${text}`);
      }
    }
  });
});

it('gives problems for files made to exhaust', () => {
  const bomb = [
    'a: &a0 [x, x]',
    ...Array.from({ length: 40 }, (_, at) => `b${at}: &a${at + 1} [*a${at}, *a${at}]`),
  ].join('\n');
  const files = [
    '['.repeat(20_000),
    '{a: '.repeat(5000),
    bomb,
    `workers:\n  web: ${'x'.repeat(1_000_000)}`,
    `workers: { web: { command: ["${'/x'.repeat(3000)}"] } }`,
    '\0'.repeat(100),
    '\ufffe\ud800',
  ];
  inAppFolder({}, (dir) => {
    for (const text of files) {
      check(text, join(dir, 'sup.yaml'));
      assert.ok(checkConfig(join(dir, 'sup.yaml'), {}).problems.length > 0, text.slice(0, 30));
    }
  });
});

it.run();
