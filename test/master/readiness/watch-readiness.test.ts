import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ready, ReadyBy } from '../../../src/config/app.js';
import { begin, fixture, freePort, inFolder, type Life, pass, until } from './life.js';

const it = suite('readiness of each dialect');

/** The config of a dialect, and what serv.py has to be told for it. */
type Dialect = { readonly ready: ReadyBy; readonly words: readonly string[] };

const DIALECTS: Readonly<Record<ReadyBy['by'], (dir: string, port: number) => Dialect>> = {
  notify: () => ({ ready: { by: 'notify' }, words: [] }),
  fd: () => ({ ready: { by: 'fd', fd: 5 }, words: ['--fd', '5'] }),
  ipc: () => ({ ready: { by: 'ipc' }, words: [] }),
  http: (_, port) => ({
    ready: { by: 'http', target: { kind: 'tcp', host: '127.0.0.1', port }, path: '/healthz' },
    words: ['--port', String(port)],
  }),
  tcp: (_, port) => ({
    ready: { by: 'tcp', target: { kind: 'tcp', host: '127.0.0.1', port } },
    words: ['--port', String(port)],
  }),
  log: () => ({ ready: { by: 'log', pattern: '^ready to \\w+$' }, words: [] }),
  command: (dir) => ({
    ready: { by: 'command', command: ['test', '-e', 'up'] },
    words: ['--file', join(dir, 'up')],
  }),
  after: () => ({ ready: { by: 'after', wait: 100 }, words: [] }),
};

const LATE = 1_500;
const WITHIN = { within: 30_000 };

type Cell = { readonly words: readonly string[]; readonly wait: number };

async function run(by: ReadyBy['by'], cell: Cell, judge: Situation['judge']): Promise<void> {
  await inFolder(async (dir) => {
    const { ready, words } = DIALECTS[by](dir, await freePort());
    const config: Ready =
      ready.by === 'after' ? { by: 'after', wait: cell.wait, ...WITHIN } : { ...ready, ...WITHIN };
    const life = begin([...fixture('serv.py'), '--say', by, ...words, ...cell.words], config, dir);
    try {
      await judge(life, by);
    } finally {
      await life.end();
    }
  });
}

const readyTold = ({ news }: Life): number => news.filter(({ type }) => type === 'ready').length;
const isReady = (life: Life) => until('ready', () => readyTold(life) > 0);
const hasSaid = (life: Life, line: string) => until(`the line "${line}"`, () => life.lines.includes(line));

type Situation = { readonly cell: Cell; judge(life: Life, by: ReadyBy['by']): Promise<void> };

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'tells once that a life is ready': {
    cell: { words: [], wait: 100 },
    judge: async (life, by) => {
      await isReady(life);
      await pass(200);
      assert.is(readyTold(life), 1);
      const other = life.news.filter(({ type }) => type !== 'ready');
      assert.equal(other, by === 'notify' ? [{ type: 'status', text: 'up' }] : []);
    },
  },
  'waits for a life that is late': {
    cell: { words: ['--wait', String(LATE)], wait: LATE },
    judge: async (life) => {
      await isReady(life);
      assert.ok((life.readyAfter() ?? 0) >= LATE - 1, `after ${life.readyAfter()} ms`);
    },
  },
  'takes nothing else for a sign': {
    cell: { words: ['--never'], wait: 1e9 },
    judge: async (life) => {
      await hasSaid(life, 'spoke');
      await pass(700);
      assert.is(readyTold(life), 0);
      assert.not(life.ended());
    },
  },
  'tells nothing of a life that ends before': {
    cell: { words: ['--die', '100'], wait: 1_000 },
    judge: async (life) => {
      await until('its end', () => life.ended());
      await pass(1_100);
      assert.equal(life.news, []);
    },
  },
  'tells nothing new when a ready life gets SIGHUP': {
    cell: { words: [], wait: 100 },
    judge: async (life) => {
      await isReady(life);
      await hasSaid(life, 'up');
      const before = life.news.length;
      life.signal('SIGHUP');
      await hasSaid(life, 'hup');
      await pass(200);
      assert.is(life.news.length, before);
      assert.not(life.ended());
    },
  },
};

/** The dialects of a situation run beside each other: most of it is waiting. */
for (const [name, { cell, judge }] of Object.entries(SITUATIONS)) {
  const all = memo(() => {
    const runs = Object.keys(DIALECTS).map((by) => [by, run(by as ReadyBy['by'], cell, judge)] as const);
    for (const [, end] of runs) end.catch(() => {});
    return new Map(runs);
  });
  for (const by of Object.keys(DIALECTS)) it(`${by}: ${name}`, async () => await all().get(by));
}

it('ipc: takes the word of a Node program', () =>
  inFolder(async (dir) => {
    const life = begin(fixture('ready-by-ipc.js'), { by: 'ipc', ...WITHIN }, dir);
    try {
      await isReady(life);
    } finally {
      await life.end();
    }
  }));

function memo<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

it.run();
