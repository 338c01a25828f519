import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Place } from '../place.js';
import { type Absent, commandOf, type Load, type Peer, type Running } from './peer.js';

export function supervisord(): Peer | Absent {
  const version = installedVersion();
  if (version === null) return { name: 'supervisord', why: 'not installed (Debian: supervisor)' };
  const about = `supervisord ${version}: \`numprocs\`, \`startsecs=0\``;
  return { name: 'supervisord', about, serves: false, start };
}

function installedVersion(): string | null {
  try {
    return execFileSync('supervisord', ['--version'], { encoding: 'utf8', timeout: 10_000 }).trim();
  } catch {
    return null;
  }
}

function start(load: Load, place: Place): Running {
  const file = place.write('supervisord.conf', configOf(load, place));
  return {
    started: place.run(['supervisord', '-c', file]),
    master: () => Number(readFileSync(place.path('supervisord.pid'), 'utf8')),
    status: ['supervisorctl', '-c', file, 'status'],
    reload: null,
  };
}

const configOf = (load: Load, place: Place): string => `
[supervisord]
logfile=${place.path('supervisord.log')}
pidfile=${place.path('supervisord.pid')}
childlogdir=${place.folder}
minfds=${Math.max(1024, load.count * 6)}
[unix_http_server]
file=${place.path('s.sock')}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://${place.path('s.sock')}
[program:w]
command=${commandOf(load, place).join(' ')}
process_name=%(process_num)d
numprocs=${load.count}
autorestart=true
startsecs=0
startretries=1000000
`;
