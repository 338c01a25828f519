import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** In the environment of every process that a test file begins; a runner inside a test adds its own part to it. */
export const MARKER = 'SUP_TEST_FILE';

export type Sandbox = {
  readonly folder: string;
  readonly output: string;
  readonly marker: string;
  readonly env: Readonly<Record<string, string>>;
  /** Removes the folder; the reason why it could not. */
  remove(): string | null;
};

/** A home, run, state and temp folder of its own for one test file, under a path short enough for Unix sockets (107 bytes). */
export function makeSandbox(): Sandbox {
  const folder = mkdtempSync('/tmp/st-');
  const [home, run, state, temp] = ['h', 'r', 's', 't'].map((name) => makeFolder(join(folder, name)));
  const marker = [process.env[MARKER], randomBytes(6).toString('hex')].filter(Boolean).join('/');
  return {
    folder,
    output: join(folder, 'output'),
    marker,
    env: {
      ...inherited(),
      NO_COLOR: '1',
      HOME: home ?? folder,
      XDG_RUNTIME_DIR: run ?? folder,
      XDG_STATE_HOME: state ?? folder,
      TMPDIR: temp ?? folder,
      [MARKER]: marker,
    },
    remove: () => remove(folder),
  };
}

// Nothing else comes through: no npm_*, NODE_OPTIONS, NODE_EXTRA_CA_CERTS, NOTIFY_SOCKET, LISTEN_FDS.
const KEPT = /^(PATH|LANG|LC_\w+|TZ|USER|LOGNAME|SHELL|CI|SUP_CAPTURE|SUP_TEST_\w+)$/;

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => KEPT.test(entry[0])),
  );
}

function makeFolder(path: string): string {
  mkdirSync(path, { mode: 0o700 });
  return path;
}

function remove(folder: string): string | null {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    return null;
  } catch (error) {
    return `its folder could not be removed: ${String(error)}`;
  }
}
