import type { Server, Socket } from 'node:net';

type HttpSocket = Socket & { _httpMessage?: object | null };
type Session = { destroyed: boolean; goaway(code: number, lastStream: number): void; close(): void };

const connections = new Set<HttpSocket>();
const sessions = new Set<Session>();

/** Keeps in view what comes in by this server. */
function watch(server: Server): void {
  // A TLS server speaks of a connection twice; the answer hangs on the second.
  const event = 'setSecureContext' in server ? 'secureConnection' : 'connection';
  server.prependListener(event, (socket: HttpSocket) => keep(connections, socket));
  server.on('session', (session: Session & Socket) => keep(sessions, session));
}

function keep<T extends object>(set: Set<T>, one: T & Pick<Socket, 'once'>): void {
  set.add(one);
  one.once('close', () => set.delete(one));
}

/** Whether an answer is still being made: of http, or on a stream of http2. */
function anyInFlight(): boolean {
  return [...connections].some((socket) => socket._httpMessage) || sessions.size > 0;
}

/** Asks the clients of http2 for no more streams; after the notice had time to arrive, ends the idle sessions. */
function endSessions(notice: number): void {
  for (const session of sessions) if (!session.destroyed) session.goaway(0, 2 ** 31 - 1);
  setTimeout(() => {
    for (const session of sessions) session.close();
  }, notice);
}

export = { watch, anyInFlight, endSessions };
