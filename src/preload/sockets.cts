import fs = require('node:fs');
import path = require('node:path');

/** A listening socket that the master opened, and the descriptors by which this process has it. */
type HeldSocket = {
  readonly place: Place;
  /** Its number in SUP_SOCKETS: the name by which a cluster primary and its workers speak of it. */
  readonly number: number;
  /** A server that closes takes its descriptor along; the rest serve those who listen again (port probes do). */
  readonly spare: number[];
  user: User | null;
};

type Place = { readonly host: string; readonly port: number } | { readonly path: string };
/** As much of a net.Server as tells whether it still listens. */
type User = { readonly listening: boolean };

/** Reads `100=tcp:0.0.0.0:3000,101=unix:/run/x.sock`; leaves out what this process did not inherit. */
function heldSockets(list: string): HeldSocket[] {
  return list.split(/,(?=\d+=)/).flatMap((item, index) => {
    const [, number, kind, rest] = /^(\d+)=(tcp|unix):(.+)$/.exec(item) ?? [];
    if (number === undefined || rest === undefined) return [];
    const place = kind === 'unix' ? { path: path.resolve(rest) } : tcpPlace(rest);
    return inherited(place, Number(number), index);
  });
}

function tcpPlace(address: string): Place {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, Math.max(colon, 0)).replace(/^\[|\]$/g, '');
  return { host, port: Number(address.slice(colon + 1)) };
}

// Where LISTEN_FDS came through (no npm in between), 3 + index is the same socket once more.
function inherited(place: Place, number: number, index: number): HeldSocket[] {
  const inode = socketInode(number);
  if (inode === null) return [];
  const copy = 3 + index;
  const spare = copy !== number && socketInode(copy) === inode ? [number, copy] : [number];
  return [{ place, number, spare, user: null }];
}

function socketInode(fd: number): number | null {
  try {
    const stat = fs.fstatSync(fd);
    return stat.isSocket() ? stat.ino : null;
  } catch {
    return null;
  }
}

export = { heldSockets };
