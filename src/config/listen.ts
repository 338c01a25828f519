import { resolve } from 'node:path';
import { checkAccount } from './account.js';
import type { Listen } from './app.js';
import type { At } from './field.js';
import type { ListenFile } from './listen-schema.js';

/** Where socket files may not be longer: sun_path of unix(7), without its end. */
const LONGEST_PATH = 107;

export function listenOf(file: ListenFile | null, dir: string, at: At): readonly Listen[] {
  return [...(file ?? [])].map(([name, socket]) => {
    if ('kind' in socket && socket.kind === 'tcp') return { ...socket, name };
    const written = 'kind' in socket ? { mode: MODE, user: null, group: null } : socket;
    const path = resolve(dir, 'kind' in socket ? socket.path : socket.unix);
    const { mode, user, group } = written;
    checkPath(path, at.key(name));
    checkAccount({ user, group }, at.key(name));
    return { name, kind: 'unix', path, mode, user, group };
  });
}

const MODE = 0o660;

function checkPath(path: string, at: At): void {
  const bytes = new TextEncoder().encode(path).length;
  if (bytes > LONGEST_PATH)
    at.report(`the path of a socket has at most ${LONGEST_PATH} bytes, ${path} has ${bytes}`);
}
