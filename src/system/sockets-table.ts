import { readText } from './files.js';

export type Established = { readonly inode: string; readonly localPort: number; readonly remotePort: number };

const ESTABLISHED = '01';
const CONNECTED = '03';

/** TCP connections of this network namespace with `port` on their own side; none that still waits to be accepted. */
export function established(port: number): Established[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((table) => (readText(table) ?? '').split('\n').slice(1))
    .flatMap((line) => establishedOn(line, suffix));
}

/** Inodes of the accepted connections of the listening unix socket that was bound as `path`. */
export function unixAccepted(path: string): Set<string> {
  const lines = (readText('/proc/net/unix') ?? '').split('\n');
  return new Set(lines.flatMap((line) => acceptedOn(line, path)));
}

/** `0: 0100007F:1F90 0100007F:C350 01 queues timer retransmits uid timeout inode …`; inode 0 is nobody's yet. */
function establishedOn(line: string, suffix: string): Established[] {
  const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
  if (state !== ESTABLISHED || !local?.endsWith(suffix) || !remote || !inode || inode === '0') return [];
  return [{ inode, localPort: portOf(local), remotePort: portOf(remote) }];
}

const portOf = (address: string) => Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);

/** `0000000000000000: refcount protocol flags type state inode path`, the path with blanks as they are. */
function acceptedOn(line: string, path: string): string[] {
  const [, state, inode, found] = /^\S+ \S+ \S+ \S+ \S+ (\S+) +(\d+) (.*)$/.exec(line) ?? [];
  return state === CONNECTED && inode && inode !== '0' && found === path ? [inode] : [];
}
