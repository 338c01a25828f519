import { execFileSync } from 'node:child_process';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { missing, unless } from '../runner/needs.js';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { holdPath } from '../support/held-server.js';
import { PRELOAD } from '../support/project.js';
import { type Bench, onBench } from './bench.js';

const it = suite('held sockets in Node programs');

const SAYS = `() => console.log('listening')`;
const ANSWERS = `(request, response) => response.end(JSON.stringify({ pid: process.pid }))`;
const http1 = (listen: string): string => `
  const server = require('http').createServer(${ANSWERS});
  const port = process.env.PORT;
  ${listen}`;

const answersBy = async ({ held }: Bench, pid: number): Promise<void> =>
  assert.is(JSON.parse((await ask(held.port)).body).pid, pid);

const WAYS = {
  'a port': `server.listen(+port, ${SAYS})`,
  'a port as text': `server.listen(port, ${SAYS})`,
  'a port, a host and a queue length': `server.listen(+port, '127.0.0.1', 5, ${SAYS})`,
  options: `server.listen({ port, host: 'localhost' }, ${SAYS})`,
  'an event': `server.on('listening', ${SAYS}); server.listen({ port })`,
  'a signal to abort': `server.listen({ port, signal: new AbortController().signal }, ${SAYS})`,
  'no call back': `server.listen(port); setImmediate(${SAYS})`,
};
for (const [way, text] of Object.entries(WAYS)) {
  it(`serves http that listens with ${way}`, () =>
    onBench(async (bench) => answersBy(bench, (await bench.node(http1(text))).pid)));
}

it('tells the address of the held socket', () =>
  onBench(async (bench) => {
    const says = `() => console.log('listening', JSON.stringify(server.address()), server.listening)`;
    const worker = await bench.node(http1(`server.listen(port, 'localhost', ${says})`));
    const address = { address: '0.0.0.0', family: 'IPv4', port: bench.held.port };
    assert.is(worker.output(), `listening ${JSON.stringify(address)} true\n`);
  }));

it('serves ES modules', () =>
  onBench(async (bench) => {
    const text = `import { createServer } from 'node:http'; createServer(${ANSWERS}).listen(process.env.PORT, ${SAYS})`;
    const worker = await bench.run({ command: [process.execPath, bench.write('app.mjs', text)] });
    await answersBy(bench, worker.pid);
  }));

it('serves when it is loaded by --import', () =>
  onBench(async (bench) => {
    const app = bench.write('app.cjs', http1(`server.listen(port, ${SAYS})`));
    const command = [process.execPath, `--import=${PRELOAD}`, app];
    await answersBy(bench, (await bench.run({ command, env: { NODE_OPTIONS: '' } })).pid);
  }));

it('serves raw connections', () =>
  onBench(async (bench) => {
    const text = `require('net').createServer((socket) => socket.end('hello')).listen(process.env.PORT, ${SAYS})`;
    await bench.node(text);
    assert.is(await readAll(net.connect(bench.held.port, '127.0.0.1')), 'hello');
  }));

it('serves http2', () =>
  onBench(async (bench) => {
    await bench.node(`require('http2').createServer(${ANSWERS}).listen(process.env.PORT, ${SAYS})`);
    const session = http2.connect(`http://127.0.0.1:${bench.held.port}`);
    assert.match(await readAll(session.request({ ':path': '/' })), /pid/);
    await new Promise<void>((done) => session.close(done));
  }));

unless(missing('openssl'), it)('serves https', () =>
  onBench(async (bench) => {
    const files = { key: join(bench.folder, 'key.pem'), cert: join(bench.folder, 'cert.pem') };
    selfSign(files);
    const read = `{ key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem') }`;
    const text = `const fs = require('fs'); require('https').createServer(${read}, ${ANSWERS}).listen(process.env.PORT, ${SAYS})`;
    const worker = await bench.node(text);
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) =>
      https
        .get({ port: bench.held.port, host: '127.0.0.1', rejectUnauthorized: false, agent: false }, resolve)
        .once('error', reject),
    );
    assert.is(JSON.parse(await readAll(answer)).pid, worker.pid);
  }),
);

it('serves a path', () =>
  onBench(async (bench) => {
    const path = join(bench.folder, 'x.sock');
    const held = holdPath(path);
    const says = `() => console.log('listening', server.address())`;
    const app = bench.write('app.cjs', http1(`server.listen('./x.sock', ${says})`));
    const worker = await bench.run({ command: [process.execPath, app] }, [held]);
    assert.is(worker.output(), `listening ${path}\n`);
    const answer = await new Promise<http.IncomingMessage>((resolve) =>
      http.get({ socketPath: path, path: '/', agent: false }, resolve),
    );
    assert.is(JSON.parse(await readAll(answer)).pid, worker.pid);
    held.close();
  }));

unless(missing('npm'), it)('serves behind npm start, which loses descriptor 3', () =>
  onBench(async (bench) => {
    bench.write('package.json', JSON.stringify({ scripts: { start: 'node app.cjs' } }));
    bench.write('app.cjs', http1(`server.listen(port, ${SAYS})`));
    const env = { npm_config_update_notifier: 'false', npm_config_cache: join(bench.folder, 'cache') };
    const worker = await bench.run({ command: ['npm', 'start'], env });
    const { pid } = JSON.parse((await ask(bench.held.port)).body);
    assert.is.not(pid, worker.pid);
    worker.signal('SIGTERM', 'tree');
    await worker.ended;
  }),
);

for (const policy of ['rr', 'none']) {
  it(`serves the workers of a cluster (${policy})`, () =>
    onBench(async (bench) => {
      const text = `
        const cluster = require('cluster');
        let ready = 0;
        if (cluster.isPrimary) for (let i = 0; i < 2; i++) cluster.fork();
        cluster.on('listening', () => ++ready === 2 && console.log('listening'));
        if (cluster.isWorker) require('http').createServer(${ANSWERS}).listen(process.env.PORT);`;
      const worker = await bench.node(text, { env: { NODE_CLUSTER_SCHED_POLICY: policy } });
      const pids = new Set<number>();
      await eventually('both answer', async () => {
        pids.add(JSON.parse((await ask(bench.held.port)).body).pid);
        return pids.size === 2;
      });
      assert.not.ok(pids.has(worker.pid));
    }));
}

it('leaves other ports alone', () =>
  onBench(async (bench) => {
    const text = http1(`server.listen(0, () => console.log('listening', server.address().port))`);
    const port = Number(/listening (\d+)/.exec((await bench.node(text)).output())?.[1]);
    assert.is.not(port, bench.held.port);
    assert.is((await ask(port)).status, 200);
  }));

it('refuses a second server on the port, whatever its host', () =>
  onBench(async (bench) => {
    const second = `
      const say = (error) => console.log('listening', error.code, error.errno, error.syscall, error.port, error.message);
      server.listen(port, () => require('net').createServer().on('error', say).listen(port, '::1'));`;
    const worker = await bench.node(http1(second));
    const { port } = bench.held;
    const words = `EADDRINUSE -98 listen ${port} listen EADDRINUSE: address already in use ::1:${port}`;
    assert.is(worker.output(), `listening ${words}\n`);
  }));

it('serves after a probe has listened on the port and closed', () =>
  onBench(async (bench) => {
    const probe = `const probe = require('net').createServer();
      probe.listen(port, () => probe.close(() => server.listen(port, ${SAYS})));`;
    await answersBy(bench, (await bench.node(http1(probe))).pid);
  }));

it('lets a program listen by itself where the sockets did not come through', () =>
  onBench(async (bench) => {
    const own = await freePort();
    const env = { SUP_SOCKETS: `177=tcp:0.0.0.0:${own}`, PORT: String(own) };
    const worker = await bench.node(http1(`server.listen(port, ${SAYS})`), { env });
    assert.is(JSON.parse((await ask(own)).body).pid, worker.pid);
  }));

for (const list of ['', 'nonsense', '100=tcp', '=,,', '100=tcp:0.0.0.0:x']) {
  it(`does not disturb a program when SUP_SOCKETS is "${list}"`, () =>
    onBench(async (bench) => {
      const worker = await bench.node(http1(`server.listen(0, ${SAYS})`), { env: { SUP_SOCKETS: list } });
      assert.is(worker.output(), 'listening\n');
    }));
}

it('does nothing in worker threads', () =>
  onBench(async (bench) => {
    const text = `
      const { Worker, isMainThread } = require('worker_threads');
      if (isMainThread) new Worker(__filename);
      else require('net').createServer().on('error', ({ code }) => console.log('listening', code)).listen(process.env.PORT);`;
    assert.is((await bench.node(text)).output(), 'listening EADDRINUSE\n');
  }));

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const bytes of stream) text += bytes;
  return text;
}

function selfSign({ key, cert }: { key: string; cert: string }): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, '-subj', '/CN=test'], {
    stdio: 'ignore',
  });
}

it.run();
