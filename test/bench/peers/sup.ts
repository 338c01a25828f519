import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../support/project.js';
import type { Place } from '../place.js';
import { commandOf, type Load, type Peer } from './peer.js';

const SUP = join(PROJECT, 'bin/sup.js');
const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));

export const sup: Peer = {
  name: 'sup',
  about: `sup ${version}: \`sup start -d\``,
  serves: true,
  start: (load, place) => {
    place.write('sup.yaml', configOf(load, place));
    return {
      started: place.run([process.execPath, SUP, 'start', '-d']),
      master: () => Number(readFileSync(place.path('run/sup/bench/lock'), 'utf8')),
      status: [process.execPath, SUP, 'status'],
      reload: [process.execPath, SUP, 'reload'],
    };
  },
};

/** A life of 0.1 s counts as stable: what is measured are restarts after a stable life, without back-off. */
const RESTART = { stable: '100ms' };

function configOf(load: Load, place: Place): string {
  const command = commandOf(load, place);
  const listen = load.port === null ? {} : { listen: { http: `127.0.0.1:${load.port}` } };
  const worker = { command, count: load.count, restart: RESTART, ...listen };
  return `name: bench\nworkers:\n  w: ${JSON.stringify(worker)}\n`;
}
