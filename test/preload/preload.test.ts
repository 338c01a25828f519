import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import { PRELOAD } from '../support/project.js';
import { provesRollingReplace } from '../support/rolling-replace.js';

const it = suite('Node programs replaced under load');

const ANSWER = `JSON.stringify({ pid: process.pid, n: new URL(request.url, 'http://x').searchParams.get('n') })`;
// Half of the answers take a while, some longer than the drain time.
const UNEVEN = `
  const server = require('http').createServer((request, response) => {
    const wait = Math.max(0, Math.random() * 600 - 300);
    setTimeout(() => response.end(${ANSWER}), wait);
  });`;
const CLUSTER = `
  const cluster = require('cluster');
  if (cluster.isPrimary) {
    cluster.fork();
    cluster.fork();
    let ready = 0;
    cluster.on('listening', () => ++ready === 2 && console.log('listening'));
  } else {
    require('http').createServer((request, response) => response.end(${ANSWER})).listen(process.env.PORT);
  }`;

const rolling = async (text: string, replaces: number, env = {}): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sup-rolling-'));
  const app = join(folder, 'app.cjs');
  writeFileSync(app, text);
  const loads = [
    { keepAlive: true, connections: 12, think: [1, 20, 100, 300] },
    { connections: 4, think: 5 },
  ];
  try {
    const program = { command: [process.execPath, app], preload: PRELOAD, env };
    await provesRollingReplace({ program, serves: /listening/, replaces, loads });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

it('loses no request that takes long, with an idle time below the drain time', () =>
  rolling(`${UNEVEN} server.listen(process.env.PORT, () => console.log('listening'));`, 8, {
    SUP_DRAIN: '1000',
  }));

for (const policy of ['rr', 'none']) {
  it(`loses no request of a cluster (${policy})`, () =>
    rolling(CLUSTER, 5, { NODE_CLUSTER_SCHED_POLICY: policy }));
}

it.run();
