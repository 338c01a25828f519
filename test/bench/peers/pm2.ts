import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Place } from '../place.js';
import { type Absent, commandOf, type Load, type Peer } from './peer.js';

const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'sup-bench');
const PACKAGE = join(CACHE, 'node_modules/pm2');
const PM2 = join(PACKAGE, 'bin/pm2');

export function pm2(): Peer | Absent {
  if (!existsSync(PM2)) return { name: 'PM2', why: 'not installed; `npm run bench -- --install` does that' };
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const about = `PM2 ${version}: \`pm2 start\` of an ecosystem file; fork mode for sleepers, cluster mode with \`wait_ready\` for the web server`;
  return { name: 'PM2', about, serves: true, start };
}

/** By npm, into a cache folder of its own. */
export function installPm2(place: Place): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const options = ['--no-audit', '--no-fund', '--loglevel=error'];
  const certificates = process.env['NODE_EXTRA_CA_CERTS'];
  const env = certificates === undefined ? [] : [`NODE_EXTRA_CA_CERTS=${certificates}`];
  return place.run(['env', ...env, 'npm', 'install', '--prefix', CACHE, ...options, 'pm2@7'], 300_000);
}

function start(load: Load, place: Place) {
  const file = place.write('ecosystem.json', JSON.stringify({ apps: [appOf(load, place)] }));
  return {
    started: place.run([process.execPath, PM2, 'start', file], 120_000),
    master: () => Number(readFileSync(place.path('pm2/pm2.pid'), 'utf8')),
    status: [process.execPath, PM2, 'ls'],
    reload: [process.execPath, PM2, 'reload', 'w'],
  };
}

function appOf(load: Load, place: Place) {
  const [first = '', ...rest] = commandOf(load, place);
  const common = { name: 'w', instances: load.count, min_uptime: 100, max_restarts: 1_000_000 };
  if (load.port === null)
    return { ...common, exec_mode: 'fork', interpreter: 'none', script: first, args: rest };
  const patience = { wait_ready: true, listen_timeout: 10_000, kill_timeout: 10_000 };
  return { ...common, ...patience, exec_mode: 'cluster', script: rest[0] };
}
