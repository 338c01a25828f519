import { SupError } from '../errors/sup-error.js';
import { type Connection, connectLines } from '../system/line-socket.js';
import { fromWire, masterLeft, noMaster } from './errors.js';
import type { Control, Fact, Reply, Request } from './protocol.js';
import { VERBS } from './request.js';

/** The master behind `path`; E_NO_MASTER where none answers. Every method opens a connection of its own. */
export async function connectControl(path: string): Promise<Control> {
  (await open(path)).close();
  return Object.fromEntries(VERBS.map((verb) => [verb, asker(path, verb)])) as Control;
}

async function open(path: string): Promise<Connection> {
  try {
    return await connectLines(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code && GONE.includes(code)) throw noMaster(path);
    throw new SupError('E_FAILED', `cannot reach the master on ${path}: ${(error as Error).message}`);
  }
}

/** A reset: it closed its socket while the connection waited there. */
const GONE = ['ENOENT', 'ENOTDIR', 'ECONNREFUSED', 'ECONNRESET'];

function asker(path: string, verb: Request['verb']) {
  return async (ask: never, news: (fact: Fact) => void, left?: AbortSignal): Promise<unknown> =>
    converse(await open(path), { verb, ask }, news, left);
}

function converse(
  connection: Connection,
  request: Request,
  news: (fact: Fact) => void,
  left: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    connection.onLine((line) => {
      const reply = line as Reply;
      if ('news' in reply) return news(reply.news);
      if ('answer' in reply) resolve(reply.answer);
      else reject(fromWire(reply.error));
      connection.close();
    });
    connection.onClose(() => reject(masterLeft(request.verb)));
    left?.addEventListener('abort', () => connection.close());
    connection.send(request);
  });
}
