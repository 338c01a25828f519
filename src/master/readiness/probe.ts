import type { Millis, Target } from '../../config/app.js';
import { after, now } from '../../system/clock.js';
import { type Connection, connect } from '../../system/connection.js';
import type { Identity } from '../../system/processes.js';
import { type Acceptor, acceptorOf } from './acceptor.js';
import type { Watch } from './readiness.js';

const CONNECT: Millis = 5_000;
const ANSWER: Millis = 10_000;
/** A server that says nothing is asked after this time, though nobody was seen to accept. */
const SILENT: Millis = 1_000;
const SHORTEST: Millis = 5;
const LONGEST: Millis = 50;
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
  void rounds(attempt, abort.signal);
  return { close: () => abort.abort() };
}

type Attempt = 'ready' | 'other' | 'not yet';

/** A round is one connection; as long as others take them 2, 4, 8, and one again, which is the surest to tell. */
async function rounds(attempt: () => Promise<Attempt>, aborted: AbortSignal): Promise<void> {
  const began = now();
  for (let width = 1; !aborted.aborted; ) {
    const results = await Promise.all(Array.from({ length: width }, attempt));
    if (results.includes('other')) width = width < WIDEST ? width * 2 : 1;
    await sleep(Math.min(LONGEST, Math.max(SHORTEST, (now() - began) / 20)));
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
    const seen = await accepted(connection, look, path === null ? null : now() + SILENT, aborted);
    if (seen === 'other' || path === null) return verdict(seen);
    const status = await connection.get(path, ANSWER).catch(() => 0);
    if (status < 200 || status > 399) return 'not yet';
    // Closed by now, maybe: what was seen before holds.
    return verdict(seen === 'nobody' ? look(connection) : seen);
  } finally {
    connection.close();
  }
}

/** Waits in the backlog as long as it takes, or until `latest`: some accept at the first byte only. */
async function accepted(
  connection: Connection,
  look: (connection: Connection) => Acceptor,
  latest: Millis | null,
  aborted: AbortSignal,
): Promise<Acceptor> {
  for (let pause = 1; ; pause = Math.min(LONGEST, pause * 2)) {
    const acceptor = look(connection);
    if (acceptor !== 'nobody' || connection.ended() || aborted.aborted) return acceptor;
    if (latest !== null && now() > latest) return acceptor;
    await sleep(pause);
  }
}

function verdict(acceptor: Acceptor): Attempt {
  if (acceptor === 'other') return 'other';
  return acceptor === 'nobody' ? 'not yet' : 'ready';
}

const sleep = (wait: Millis): Promise<void> => new Promise((resolve) => void after(wait, resolve));
