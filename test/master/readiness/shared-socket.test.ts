import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Listen, Ready, Target } from '../../../src/config/app.js';
import { type Held, hold } from '../../../src/system/held.js';
import { begin, fixture, freePort, inFolder, installed, type Life, pass, until } from './life.js';

const it = suite('readiness on a socket that others serve, too');

const OLD = ['serves-inherited.js', 'serves-inherited.js', 'serves-inherited.py'];
const LATER = 30_000;

type Setting = { readonly dir: string; readonly held: Held; readonly target: Target };
type Kind = 'tcp' | 'unix';

/** Three old ones that serve by now, and a socket which they share with whom `use` begins. */
async function share(kind: Kind, use: (setting: Setting) => Promise<void>): Promise<void> {
  await inFolder(async (dir) => {
    const held = hold(listenOn(kind, dir));
    const target: Target =
      kind === 'unix'
        ? { kind, path: join(dir, 'held.sock') }
        : { kind, host: '127.0.0.1', port: held.port ?? 0 };
    const setting = { dir, held, target };
    const old = OLD.map((name) =>
      newcomer(setting, fixture(name), { by: 'log', pattern: 'spoke', within: LATER }),
    );
    try {
      for (const life of old) await isReady(life);
      await use(setting);
    } finally {
      for (const life of old) await life.end();
      held.close();
    }
  });
}

const listenOn = (kind: Kind, dir: string): Listen =>
  kind === 'tcp'
    ? { name: 'web', kind, host: '127.0.0.1', port: 0 }
    : { name: 'web', kind, path: join(dir, 'held.sock'), mode: 0o600, user: null, group: null };

const newcomer = ({ dir, held }: Setting, argv: readonly string[], ready: Ready): Life =>
  begin(argv, ready, dir, { stdio: new Map([[3, held.fd]]) });

async function watch(life: Life, judge: (life: Life) => Promise<void>): Promise<void> {
  try {
    await judge(life);
  } finally {
    await life.end();
  }
}

const isReady = (life: Life) => until('ready', () => life.readyAfter() !== null);

async function neverReady(life: Life): Promise<void> {
  await until('the program to be up', () => life.lines.includes('spoke'));
  await pass(1_500);
  assert.equal(life.news, []);
  assert.not(life.ended());
}

const SIGNS: Readonly<Record<string, (target: Target) => Ready>> = {
  tcp: (target) => ({ by: 'tcp', target, within: LATER }),
  http: (target) => ({ by: 'http', target, path: '/', within: LATER }),
};

const PROGRAMS = [
  'serves-inherited.js',
  'serves-inherited.py',
  'accepts-in-a-child.py',
  'serves-inherited.php',
];

for (const kind of ['tcp', 'unix'] as const) {
  for (const [by, sign] of Object.entries(SIGNS)) {
    it(`${kind}, ${by}: meets a newcomer that accepts, whatever it is written in`, () =>
      share(kind, async (setting) => {
        for (const name of PROGRAMS.filter((name) => !name.endsWith('.php') || installed('php')))
          await watch(newcomer(setting, fixture(name), sign(setting.target)), isReady);
      }));

    it(`${kind}, ${by}: takes no answer of the old ones for a newcomer that never accepts`, () =>
      share(kind, (setting) =>
        watch(newcomer(setting, fixture('never-accepts.sh'), sign(setting.target)), neverReady),
      ));
  }

  it(`${kind}, http: takes no good answer of the old ones for the bad one of a newcomer`, () =>
    share(kind, async (setting) => {
      const sign: Ready = { by: 'http', target: setting.target, path: '/', within: LATER };
      for (const name of ['serves-inherited.js', 'serves-inherited.py'])
        await watch(newcomer(setting, [...fixture(name), '503'], sign), neverReady);
    }));
}

it('takes no stale process on the port for a life that does not listen', () =>
  inFolder(async (dir) => {
    const port = await freePort();
    const sign: Ready = { by: 'tcp', target: { kind: 'tcp', host: '127.0.0.1', port }, within: LATER };
    const stale = begin([...fixture('serv.py'), '--say', 'tcp', '--port', String(port)], sign, dir);
    await watch(stale, async () => {
      await isReady(stale);
      await watch(begin(fixture('never-accepts.sh'), sign, dir), neverReady);
    });
  }));

it('finds a first newcomer without others at once, however late it begins to accept', () =>
  inFolder(async (dir) => {
    const held = hold(listenOn('tcp', dir));
    const target: Target = { kind: 'tcp', host: '127.0.0.1', port: held.port ?? 0 };
    const argv = ['sh', '-c', 'sleep 1.2; exec "$@"', 'sh', ...fixture('serves-inherited.py')];
    try {
      await watch(
        newcomer({ dir, held, target }, argv, { by: 'http', target, path: '/', within: LATER }),
        isReady,
      );
    } finally {
      held.close();
    }
  }));

it.run();
