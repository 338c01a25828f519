import { reachable } from './address.js';
import type { Listen, Millis, Ready, ReadyBy, Target } from './app.js';
import { commandWords } from './command.js';
import type { At } from './field.js';
import type { ReadyFile } from './ready-schema.js';

const WITHIN: Millis = 30_000;
/** What a start may take beyond the time it must stay up. */
const MARGIN: Millis = 10_000;

const FIRST_FD = 3;

/** How a worker tells that it serves: as the file says, else by its first socket, else by staying up. */
export function readyOf(file: ReadyFile | null, listen: readonly Listen[], at: At): Ready {
  if (typeof file === 'string') return { ...byWord(file, listen), within: WITHIN };
  const by = (file && readyBy(file, listen, at)) ?? unsaid(listen);
  if (by.by === 'fd') checkFd(by.fd, listen, at.key('fd'));
  const least = by.by === 'after' ? by.wait + MARGIN : 0;
  return { ...by, within: file?.within ?? Math.max(WITHIN, least) };
}

type Given = Exclude<ReadyFile, string>;

function byWord(word: Extract<ReadyFile, string>, listen: readonly Listen[]): ReadyBy {
  return word === 'fd' ? { by: 'fd', fd: FIRST_FD + listen.length } : { by: word };
}

function unsaid(listen: readonly Listen[]): ReadyBy {
  const [first] = listen;
  return first ? { by: 'tcp', target: reachable(first) } : { by: 'after', wait: 1000 };
}

function readyBy(given: Given, listen: readonly Listen[], at: At): ReadyBy | null {
  if (given.notify) return { by: 'notify' };
  if (given.ipc) return { by: 'ipc' };
  if (given.fd !== null) return { by: 'fd', fd: given.fd };
  if (given.http !== null) return byHttp(given.http, given, listen[0], at);
  if (given.tcp !== null) return { by: 'tcp', target: given.tcp };
  if (given.log !== null) return { by: 'log', pattern: given.log };
  if (given.command !== null)
    return { by: 'command', command: commandWords(given.command, false, at.key('command')) };
  return given.after === null ? null : { by: 'after', wait: given.after };
}

function byHttp(http: string, given: Given, first: Listen | undefined, at: At): ReadyBy | null {
  if (!http.startsWith('/')) return byAddress(new URL(http));
  const target = httpTarget(given, first);
  if (target) return { by: 'http', target, path: http };
  at.key('http').report(
    'there is no `listen` to ask',
    'add `port`, or write a whole address: http://127.0.0.1:8080/healthz',
  );
  return null;
}

function byAddress({ hostname, port, pathname, search }: URL): ReadyBy {
  const host = hostname.replace(/^\[|\]$/g, '');
  return { by: 'http', target: { kind: 'tcp', host, port: Number(port || 80) }, path: pathname + search };
}

function httpTarget({ host, port, unix }: Given, first: Listen | undefined): Target | null {
  if (unix !== null) return { kind: 'unix', path: unix };
  if (first?.kind === 'unix' && host === null && port === null) return reachable(first);
  const own = first?.kind === 'tcp' ? first : null;
  const at = port ?? own?.port;
  return at === undefined
    ? null
    : reachable({ kind: 'tcp', host: host ?? own?.host ?? '127.0.0.1', port: at });
}

/** Held sockets take the descriptors from 3 on. */
function checkFd(fd: number, listen: readonly Listen[], at: At): void {
  const free = FIRST_FD + listen.length;
  if (fd < free)
    at.report(`descriptor ${fd} is that of a socket of \`listen\``, `the first free one is ${free}`);
}
