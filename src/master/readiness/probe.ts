import type { Millis, Target } from '../../config/app.js';
import { after } from '../../system/clock.js';
import type { Identity } from '../../system/processes.js';
import { type Acceptor, acceptorOf } from './acceptor.js';
import { type Connection, connect } from './connection.js';
import type { Watch } from './readiness.js';

const CONNECT: Millis = 5_000;
const ANSWER: Millis = 10_000;
const SHORTEST: Millis = 5;
const LONGEST: Millis = 100;
/** Connections at once, so that one newcomer among many workers is met soon. */
const WIDEST = 8;

/**
 * Connects until the life itself accepts, and with a `path` answers 200–399 on that very connection. An
 * answer of another process, on a shared socket or a stale one on the port, proves nothing and is not waited for.
 */
export function watchProbe(life: Identity, target: Target, path: string | null, found: () => void): Watch {
  const abort = new AbortController();
  const attempt = async () => {
    const result = await tryOnce(life, target, path, abort.signal);
    if (result === 'ready' && !abort.signal.aborted) {
      abort.abort();
      found();
    }
    return result;
  };
  void rounds(attempt, target.kind === 'unix' ? 1 : WIDEST, abort.signal);
  return { close: () => abort.abort() };
}

type Attempt = 'ready' | 'other' | 'not yet';

/** A round is one connection, or more and more of them as long as others take them. */
async function rounds(attempt: () => Promise<Attempt>, widest: number, aborted: AbortSignal): Promise<void> {
  let width = 1;
  for (let pause = SHORTEST; !aborted.aborted; pause = Math.min(LONGEST, pause * 2)) {
    const results = await Promise.all(Array.from({ length: width }, attempt));
    if (results.includes('other')) width = Math.min(widest, width * 2);
    await sleep(pause);
  }
}

async function tryOnce(
  life: Identity,
  target: Target,
  path: string | null,
  aborted: AbortSignal,
): Promise<Attempt> {
  const look = acceptorOf(life, target);
  const connection = await connect(target, CONNECT, aborted).catch(() => null);
  if (connection === null) return 'not yet';
  try {
    const acceptor = await accepted(connection, look, aborted);
    if (acceptor === 'nobody') return 'not yet';
    if (acceptor === 'other') return 'other';
    if (path === null) return 'ready';
    const status = await connection.get(path, ANSWER).catch(() => 0);
    // Where it could not be known before: an accept may wait for the first byte.
    if (acceptor === 'unknown' && look(connection.localPort) === 'other') return 'other';
    return status >= 200 && status <= 399 ? 'ready' : 'not yet';
  } finally {
    connection.close();
  }
}

/** Waits in the backlog as long as it takes; `nobody` when it was closed unseen. */
async function accepted(
  connection: Connection,
  look: (port: number | null) => Acceptor,
  aborted: AbortSignal,
): Promise<Acceptor> {
  for (let pause = 1; !aborted.aborted; pause = Math.min(LONGEST, pause * 2)) {
    const acceptor = look(connection.localPort);
    if (acceptor !== 'nobody' || connection.ended()) return acceptor;
    await sleep(pause);
  }
  return 'nobody';
}

const sleep = (wait: Millis): Promise<void> => new Promise((resolve) => void after(wait, resolve));
