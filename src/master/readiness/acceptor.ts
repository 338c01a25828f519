import type { Target } from '../../config/app.js';
import { now } from '../../system/clock.js';
import type { Connection, Ends } from '../../system/connection.js';
import {
  descendants,
  type Identity,
  isAlive,
  listProcesses,
  openDescriptors,
} from '../../system/processes.js';
import { tcpInode, unixPeerInode } from '../../system/socket-diag.js';
import { established, unixAccepted } from '../../system/sockets-table.js';
import { shared, sharedByKey } from './shared-reading.js';

/**
 * Who accepted a connection: the life (any of its processes), another process, or nobody as yet.
 * Unknown: the descriptors of the life cannot be read (another user's, not dumpable), or the other end is
 * not on this machine; then the answer has to be taken as it is.
 */
export type Acceptor = 'life' | 'other' | 'nobody' | 'unknown';

/** To be called before the connection is made; the function it gives back looks anew at each call. */
export function acceptorOf(life: Identity, target: Target): (connection: Connection) => Acceptor {
  const accepted = target.kind === 'tcp' ? tcpTable(target.port) : unixTable(target.path);
  return ({ ends }) => {
    if (ends.kind === 'elsewhere') return 'unknown';
    const inode = inodeAt(ends);
    const holders = (inode === null ? accepted(ends) : [inode])
      .filter((it) => it !== NOT_ACCEPTED)
      .map((it) => holderOf(it, life));
    return (['other', 'unknown', 'life'] as const).find((it) => holders.includes(it)) ?? 'nobody';
  };
}

type Here = Exclude<Ends, { kind: 'elsewhere' }>;

const NOT_ACCEPTED = '0';

/** Of the other end; null where the kernel does not even know ours. */
function inodeAt(ends: Here): string | null {
  if (ends.kind === 'unix') return unixPeerInode(ends.inode);
  const known = tcpInode(ends.own, ends.peer) !== null;
  return known ? (tcpInode(ends.peer, ends.own) ?? NOT_ACCEPTED) : null;
}

/** Instead of sock_diag: the accepted connection whose other end has our port. */
function tcpTable(port: number) {
  const from = now();
  return (ends: Here): string[] => {
    const { value: accepted, at } = acceptedOn(port);
    const own = at > from && ends.kind === 'tcp' ? ends.own.port : null;
    return accepted.flatMap(({ remotePort, inode }) => (remotePort === own ? [inode] : []));
  };
}

/** Instead of sock_diag: all that were accepted since. The table does not name their peers. */
function unixTable(path: string) {
  const before = unixAccepted(path);
  return (): string[] => [...unixAccepted(path)].filter((it) => !before.has(it));
}

const acceptedOn = sharedByKey(established);
const processes = shared(listProcesses);

function holderOf(inode: string, life: Identity): Exclude<Acceptor, 'nobody'> {
  const main = openDescriptors(life.pid);
  if (main?.has(inode)) return 'life';
  const family = [life, ...descendants(life.pid, processes().value)];
  const opened = family.map((it) => ({ it, sockets: openDescriptors(it.pid) }));
  if (opened.some(({ sockets }) => sockets?.has(inode))) return 'life';
  return opened.some(({ it, sockets }) => sockets === null && isAlive(it)) ? 'unknown' : 'other';
}
