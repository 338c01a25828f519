import type { Target } from '../../config/app.js';
import { now } from '../../system/clock.js';
import {
  descendants,
  type Identity,
  isAlive,
  listProcesses,
  openDescriptors,
} from '../../system/processes.js';
import { established, unixAccepted } from '../../system/sockets-table.js';
import { shared, sharedByKey } from './shared-reading.js';

/**
 * Who accepted a connection: the life (any of its processes), another process, or nobody as yet.
 * Unknown: the descriptors of the life cannot be read (another user's, not dumpable), or the other end is
 * not on this machine; then the answer has to be taken as it is.
 */
export type Acceptor = 'life' | 'other' | 'nobody' | 'unknown';

/** To be called before the connection is made; the function it gives back looks anew at each call. */
export function acceptorOf(life: Identity, target: Target): (localPort: number | null) => Acceptor {
  return target.kind === 'tcp' ? tcpAcceptor(life, target.port) : unixAcceptor(life, target.path);
}

function tcpAcceptor(life: Identity, port: number) {
  let openedAt: number | null = null;
  return (localPort: number | null): Acceptor => {
    openedAt ??= now();
    const { value: rows, at } = connectionsOf(port);
    if (at < openedAt) return 'nobody';
    const row = rows.find((it) => it.localPort === port && it.remotePort === localPort);
    if (row === undefined) return 'unknown';
    return row.inode === NOT_ACCEPTED ? 'nobody' : holderOf(row.inode, life);
  };
}

/** /proc/net/unix does not name the peer: of the sockets accepted since, any of the life is taken for ours. */
function unixAcceptor(life: Identity, path: string) {
  const before = unixAccepted(path);
  return (): Acceptor => {
    const holders = [...unixAccepted(path)].filter((it) => !before.has(it)).map((it) => holderOf(it, life));
    return (['life', 'unknown', 'other'] as const).find((it) => holders.includes(it)) ?? 'nobody';
  };
}

const NOT_ACCEPTED = '0';
const connectionsOf = sharedByKey(established);
const processes = shared(listProcesses);

function holderOf(inode: string, life: Identity): Exclude<Acceptor, 'nobody'> {
  const main = openDescriptors(life.pid);
  if (main?.has(inode)) return 'life';
  const family = [life, ...descendants(life.pid, processes().value)];
  const opened = family.map((it) => ({ it, sockets: openDescriptors(it.pid) }));
  if (opened.some(({ sockets }) => sockets?.has(inode))) return 'life';
  return opened.some(({ it, sockets }) => sockets === null && isAlive(it)) ? 'unknown' : 'other';
}
