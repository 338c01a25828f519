// A program: node loop.js COUNT PORT WORDS… — with a PORT, the workers get a socket bound to it as descriptor 3.
import { spawn } from 'node:child_process';
import net from 'node:net';
import { HELD } from '../web.js';

const [count, port, file = '', ...args] = process.argv.slice(2);
const stdio: ('ignore' | number)[] = ['ignore', 'ignore', 'ignore'];
if (port !== '0') stdio.push(bound(Number(port)));

for (let i = 0; i < Number(count); i += 1) live();

function live(): void {
  const env = { ...process.env, [HELD]: 'yes' };
  spawn(file, args, { stdio, detached: true, env }).on('exit', live);
}

/** Of Node's inner workings: it binds, and does not accept. */
function bound(at: number): number {
  type Inner = { _createServerHandle(host: string, port: number, type: number): { fd: number } };
  return (net as unknown as Inner)._createServerHandle('127.0.0.1', at, 4).fd;
}
