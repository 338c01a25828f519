import net = require('node:net');
import answers = require('./answers.cjs');
import connections = require('./connections.cjs');
import signalExit = require('./signal-exit.cjs');

const cluster: typeof import('node:cluster').default = require('node:cluster');

type Handle = { close(): void; readonly fd?: number };
type Server = net.Server & { _handle: Handle | null; _connections: number };

/** A second SIGTERM so soon is the same one, passed on by npm or tsx beside the one to the whole group. */
const SAME_SIGNAL = 1000;
/** In this time a cluster's primary hands on what it accepted, and an http2 client hears that we go. */
const NOTICE = 500;
const CHECK_EVERY = 20;

/** The servers on held sockets, each with the handle that it got at first. */
const servers = new Map<Server, Handle | null>();
let begunAt: number | null = null;
let armed = false;

/** The end of this server is graceful from now on, unless the program ends by rules of its own. */
function adopt(anyServer: net.Server): void {
  const server = anyServer as Server;
  arm();
  if (!servers.has(server)) connections.watch(server);
  servers.set(server, server._handle);
}

/** SIGTERM begins the drain from now on; a cluster's primary may have no server of its own. */
function arm(): void {
  if (!armed) process.prependListener('SIGTERM', onSigterm);
  armed = true;
}

function hasBegun(): boolean {
  return begunAt !== null;
}

function onSigterm(): void {
  if (begunAt !== null) endAtOnce(begunAt);
  else if (process.listenerCount('SIGTERM') - 1 > signalExit.listeners()) disarm();
  else begin();
}

// The program ends by its own rules. Not even present any more: some listeners act only when they are alone.
function disarm(): void {
  process.removeListener('SIGTERM', onSigterm);
  armed = false;
}

function begin(): void {
  begunAt = now();
  answers.closeBehindAnswers();
  stopAccepting();
  connections.endSessions(Math.min(NOTICE, drainTime()));
  endWhenDrained(begunAt);
}

function endAtOnce(since: number): void {
  if (now() - since < SAME_SIGNAL) return;
  disarm();
  process.kill(process.pid, 'SIGTERM');
}

function stopAccepting(): void {
  for (const [server, handle] of servers) {
    // Not close() of http: that resets idle connections on which a request is just arriving.
    if (ownsHandle(server)) net.Server.prototype.close.call(server);
    // A cluster's primary took the handle out of its server.
    else if (server._handle === null) handle?.close();
  }
}

// In a worker of a cluster it may be a mere stand-in: the primary stops, and hands on until it has.
function ownsHandle({ _handle }: Server): boolean {
  return _handle !== null && typeof _handle.fd === 'number';
}

function endWhenDrained(since: number): void {
  // Those of a cluster's primary, as they are now: some primaries fork a new worker for each that ends.
  const forks = Object.values(cluster.workers ?? {}).flatMap((fork) => fork ?? []);
  const isDrained = (): boolean => {
    const passed = now() - since;
    if (passed >= drainTime()) return !connections.anyInFlight();
    const handedOn = passed >= NOTICE || !cluster.isWorker;
    return handedOn && [...servers.keys()].every(isEmpty) && forks.every((fork) => fork.isDead());
  };
  // Looks instead of waiting for events: a connection can end in more ways than Node has events for.
  setInterval(() => isDrained() && process.exit(0), CHECK_EVERY);
}

function isEmpty(server: Server): boolean {
  return server._connections === 0;
}

/** For so long idle connections may still speak; what is in flight is answered in any case. */
function drainTime(): number {
  const time = Number(process.env['SUP_DRAIN']);
  return time >= 0 ? time : 3000;
}

function now(): number {
  return process.uptime() * 1000;
}

export = { adopt, arm, hasBegun };
