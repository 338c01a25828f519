import { join } from 'node:path';
import { commandOf, type Peer } from './peer.js';

const LOOP = join(import.meta.dirname, 'loop.js');

/** What any supervisor in Node has to pay at least. */
export const floor: Peer = {
  name: 'floor',
  about: 'floor: a loop of a few lines in bare Node that spawns, and spawns again; it keeps no output',
  serves: true,
  start: (load, place) => {
    const argv = [
      process.execPath,
      LOOP,
      String(load.count),
      String(load.port ?? 0),
      ...commandOf(load, place),
    ];
    const { pid, ended } = place.command(argv, { within: 3_600_000 });
    ended.catch(() => {});
    return {
      started: Promise.resolve(),
      master: () => pid,
      status: [process.execPath, '-e', '0'],
      reload: null,
    };
  },
};
