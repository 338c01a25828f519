import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Control } from '../../src/control/protocol.js';
import { serveControl } from '../../src/control/server.js';
import { type Asked, fakeControl } from '../control/fake-control.js';
import { cleanEnvironment, scratch } from '../system/scratch.js';

const MAIN = new URL('../../src/cli/main.js', import.meta.url).href;

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };
export type Running = {
  readonly said: { out: string; err: string };
  signal(name: NodeJS.Signals): void;
  end: Promise<Ran>;
};

/** A user with a home of their own, in the folder of an app. */
export type Desk = {
  readonly cwd: string;
  socketOf(app: string): string;
  run(...argv: string[]): Promise<Ran>;
  /** The same, while it runs. */
  begin(...argv: string[]): Running;
};

export function desk(): Desk {
  const home = scratch();
  const [cwd, runtime] = [join(home, 'shop'), join(home, 'run')];
  mkdirSync(cwd);
  mkdirSync(runtime, { mode: 0o700 });
  const script = join(home, 'sup.mjs');
  writeFileSync(script, `import { main } from '${MAIN}'; await main(process.argv.slice(2));`);
  const env = cleanEnvironment({
    XDG_RUNTIME_DIR: runtime,
    XDG_STATE_HOME: join(home, 'state'),
    NO_COLOR: '1',
  });
  const begin = (...argv: string[]) => running(spawn(process.execPath, [script, ...argv], { cwd, env }));
  return {
    cwd,
    begin,
    socketOf: (app) => join(runtime, 'sup', app, 'control.sock'),
    run: (...argv) => begin(...argv).end,
  };
}

const DEADLINE = 60_000;
const children = new Set<ChildProcess>();

function running(child: ChildProcess): Running {
  const said = { out: '', err: '' };
  children.add(child);
  child.stdin?.end();
  child.stdout?.on('data', (bytes) => {
    said.out += bytes;
  });
  child.stderr?.on('data', (bytes) => {
    said.err += bytes;
  });
  const end = new Promise<Ran>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no end: ${JSON.stringify(said)}`)), DEADLINE);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(late);
      children.delete(child);
      resolve({ code, ...said });
    });
  });
  return { said, signal: (name) => void child.kill(name), end };
}

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** A master that is none, for the app `shop`. */
export async function fakeMaster(
  at: Desk,
  own: Partial<Control> = {},
): Promise<{ readonly asked: Asked[]; close(): Promise<void> }> {
  const { control, asked } = fakeControl(own);
  const server = await serveControl(at.socketOf('shop'), control);
  return { asked, close: () => server.close() };
}

/** A sup.yaml with a problem in it: the verbs of a running app do without it. */
export const INVALID = 'name: shop\nworkers:\n  web: { command: node x.js, cuont: 2 }\n';

/** A desk whose app is run by a fake master, while `act` runs. */
export async function withMaster(
  own: Partial<Control>,
  act: (at: Desk, asked: readonly unknown[]) => Promise<void>,
) {
  const at = desk();
  writeFileSync(join(at.cwd, 'sup.yaml'), INVALID);
  const master = await fakeMaster(at, own);
  try {
    await act(at, master.asked);
  } finally {
    await master.close();
  }
}
