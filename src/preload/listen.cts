import net = require('node:net');
import path = require('node:path');
import sockets = require('./sockets.cjs');

type HeldSocket = ReturnType<typeof sockets.heldSockets>[number];
type Listen = (this: net.Server, ...args: unknown[]) => net.Server;
type Wanted = net.ListenOptions & { fd?: number; handle?: unknown; _handle?: unknown };
type CreateHandle = (address: unknown, port: number, type: number, fd?: number, flags?: number) => unknown;
type Normalize = (args: unknown[]) => [Wanted, (() => void) | null];

/** From now on, a server that listens on the port or path of a held socket gets that socket; all others are as ever. */
function useHeldSockets(list: string): void {
  const held = sockets.heldSockets(list);
  const normalize = (net as unknown as { _normalizeArgs?: Normalize })._normalizeArgs;
  if (held.length === 0 || typeof normalize !== 'function') return;
  const plainListen = net.Server.prototype.listen as Listen;
  const listen: Listen = function (...args) {
    const [wanted, then] = normalize(args);
    const found = this.listening ? [] : usable(held, wanted);
    if (found.length === 0) return plainListen.apply(this, args);
    if (then) this.once('listening', then);
    const free = loadDrain().hasBegun() ? undefined : found.find(isFree);
    return free ? listenOn(this, free, wanted, plainListen) : refuse(this, wanted);
  };
  net.Server.prototype.listen = listen;
  useInClusterPrimary(held);
}

// Whatever fails in here fails for us alone: the program then listens by itself.
function usable(held: readonly HeldSocket[], wanted: Wanted): HeldSocket[] {
  try {
    const found = matching(held, wanted);
    return found.length > 0 && isMainThread() && loadDrain() ? found : [];
  } catch {
    return [];
  }
}

/** The sockets for such a wish, best first. The host does not matter: the master has chosen it. */
function matching(held: readonly HeldSocket[], wanted: Wanted): HeldSocket[] {
  if (wanted.handle || wanted._handle) return [];
  // The primary of a cluster listens so for its workers.
  if (typeof wanted.fd === 'number') return held.filter(({ number }) => number === wanted.fd);
  if (wanted.port !== undefined && wanted.port !== null) return onPort(held, wanted);
  if (typeof wanted.path !== 'string' || wanted.path.startsWith('\0')) return [];
  const wantedPath = path.resolve(wanted.path);
  return held.filter(({ place }) => 'path' in place && place.path === wantedPath);
}

function onPort(held: readonly HeldSocket[], { port, host }: Wanted): HeldSocket[] {
  const found = held.filter(({ place }) => 'port' in place && place.port === Number(port));
  const sameHost = ({ place }: HeldSocket): number => Number('host' in place && place.host === host);
  return found.sort((a, b) => sameHost(b) - sameHost(a));
}

// Where the workers of a cluster accept by themselves (SCHED_NONE), its primary opens the handle for them by this.
function useInClusterPrimary(held: readonly HeldSocket[]): void {
  const internal = net as unknown as { _createServerHandle?: CreateHandle };
  const plainCreate = internal._createServerHandle;
  if (typeof plainCreate !== 'function') return;
  internal._createServerHandle = (address, port, type, fd, flags) => {
    const found = held.find(({ number }) => number === fd);
    if (found) loadDrain().arm();
    return plainCreate(address, port, type, found?.spare.shift() ?? fd, flags);
  };
}

function isFree({ user, spare }: HeldSocket): boolean {
  return !user?.listening && spare.length > 0;
}

function listenOn(server: net.Server, held: HeldSocket, wanted: Wanted, plainListen: Listen): net.Server {
  const fd = isClusterWorker() ? held.number : held.spare.shift();
  held.user = server;
  // Without its backlog: the queue is shared with the other workers, and the master has set its length.
  plainListen.call(server, wanted.signal ? { fd, signal: wanted.signal } : { fd });
  // What address() of a server on a path answers with.
  if ('path' in held.place) (server as { _pipeName?: string })._pipeName = held.place.path;
  loadDrain().adopt(server);
  return server;
}

// As the kernel would: a bind of our own could succeed beside the held socket (::1 beside 0.0.0.0) and die with us.
function refuse(server: net.Server, wanted: Wanted): net.Server {
  const { constants }: typeof import('node:os') = require('node:os');
  const where = wanted.path ?? `${wanted.host ?? '::'}:${wanted.port}`;
  const error = Object.assign(new Error(`listen EADDRINUSE: address already in use ${where}`), {
    code: 'EADDRINUSE',
    errno: -constants.errno.EADDRINUSE,
    syscall: 'listen',
    address: wanted.path ?? wanted.host ?? '::',
    ...(wanted.path === undefined && { port: Number(wanted.port) }),
  });
  process.nextTick(() => server.emit('error', error));
  return server;
}

function isMainThread(): boolean {
  return (require('node:worker_threads') as typeof import('node:worker_threads')).isMainThread;
}

// A cluster's primary listens for it, and knows the socket by its number.
function isClusterWorker(): boolean {
  return (require('node:cluster') as typeof import('node:cluster').default).isWorker;
}

function loadDrain(): typeof import('./drain.cjs') {
  return require('./drain.cjs');
}

export = { useHeldSockets };
