import http2 from 'node:http2';
import net from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually } from '../support/eventually.js';
import type { Worker } from '../support/held-server.js';
import { type Connection, connect } from '../support/http-connection.js';
import { type Bench, onBench } from './bench.js';

const it = suite('graceful end of Node programs');

const GET = 'GET / HTTP/1.1\r\nHost: test\r\n\r\n';
const LONG = 600_000;
const listens = (text: string): string => `
  const server = require('http').createServer((request, response) => {
    ${text}
  });
  server.keepAliveTimeout = 0;
  server.listen(process.env.PORT, () => console.log('listening'));`;
const APP = listens(`response.end('hello')`);
/** Answers when it gets SIGUSR2. */
const SLOW = listens(`console.log('asked'); process.once('SIGUSR2', () => response.end('hello'));`);

const connection = ({ held }: Bench): Connection => connect('127.0.0.1', held.port);

/** Asks it to end, and waits until it does not accept any more. */
async function beginDrain(worker: Worker, port: number): Promise<void> {
  worker.signal('SIGTERM');
  await eventually('it stops accepting', () => refusesFor(port, 100));
}

// Nobody accepts what comes now: it stays in the queue of the held socket, without an answer.
async function refusesFor(port: number, wait: number): Promise<boolean> {
  const probe = connect('127.0.0.1', port);
  const answered = await probe.ask(GET, wait).then(
    () => true,
    () => false,
  );
  probe.close();
  return !answered;
}

it('answers an idle connection that speaks once more with Connection: close, then exits with 0', () =>
  onBench(async (bench) => {
    const worker = await bench.node(APP, { drain: LONG });
    const idle = connection(bench);
    assert.is((await idle.ask(GET)).headers.get('connection'), 'keep-alive');
    await beginDrain(worker, bench.held.port);
    assert.is((await idle.ask(GET)).headers.get('connection'), 'close');
    assert.equal(await worker.ended, { code: 0, signal: null });
  }));

it('exits with 0 at once when nobody is connected', () =>
  onBench(async (bench) => {
    const worker = await bench.node(APP, { drain: LONG });
    worker.signal('SIGTERM');
    assert.equal(await worker.ended, { code: 0, signal: null });
  }));

it('leaves idle connections until the drain time has passed', () =>
  onBench(async (bench) => {
    const worker = await bench.node(APP, { drain: 700 });
    const idle = connection(bench);
    await idle.ask(GET);
    const began = performance.now();
    worker.signal('SIGTERM');
    assert.equal(await worker.ended, { code: 0, signal: null });
    assert.ok(performance.now() - began >= 690);
  }));

it('answers what is in flight, also beyond the drain time', () =>
  onBench(async (bench) => {
    const worker = await bench.node(SLOW, { drain: 1 });
    const answer = connection(bench).ask(GET);
    await worker.says(/asked/);
    await beginDrain(worker, bench.held.port);
    worker.signal('SIGUSR2');
    assert.is((await answer).body, 'hello');
    assert.equal(await worker.ended, { code: 0, signal: null });
  }));

it('closes behind an answer that says keep-alive by itself, as proxies do', () =>
  onBench(async (bench) => {
    const text = listens(`response.setHeader('Connection', 'keep-alive'); response.end('hello')`);
    const worker = await bench.node(text, { drain: LONG });
    const idle = connection(bench);
    await idle.ask(GET);
    await beginDrain(worker, bench.held.port);
    assert.is((await idle.ask(GET)).headers.get('connection'), 'close');
    assert.equal(await worker.ended, { code: 0, signal: null });
  }));

it('answers requests that were sent ahead of their turn, and closes behind the last', () =>
  onBench(async (bench) => {
    const worker = await bench.node(listens(`setImmediate(() => response.end(request.url))`), {
      drain: LONG,
    });
    const socket = net.connect(bench.held.port, '127.0.0.1');
    const first = `GET /p0 HTTP/1.1\r\nHost: test\r\n\r\n`;
    socket.write(first);
    await new Promise((resolve) => socket.once('data', resolve));
    await beginDrain(worker, bench.held.port);
    socket.write([1, 2, 3].map((each) => first.replace('/p0', `/p${each}`)).join(''));
    const text = await readAll(socket);
    assert.equal(text.match(/\/p\d|close/g), ['/p1', '/p2', 'close', '/p3']);
    assert.equal(await worker.ended, { code: 0, signal: null });
  }));

it('does not reset a client that is still sending when the answer comes early', () =>
  onBench(async (bench) => {
    const worker = await bench.node(listens(`response.end('early')`), { drain: LONG });
    const uploading = connection(bench);
    await uploading.ask(GET);
    await beginDrain(worker, bench.held.port);
    const head = 'POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 200000\r\n\r\n';
    assert.is((await uploading.ask(`${head}${'x'.repeat(100_000)}`)).body, 'early');
    const next = await uploading.ask(`${'x'.repeat(100_000)}${GET}`);
    assert.is(next.headers.get('connection'), 'close');
    assert.equal(await worker.ended, { code: 0, signal: null });
  }));

it('leaves a program alone that has its own listener on SIGTERM', () =>
  onBench(async (bench) => {
    const own = `${APP}; process.on('SIGTERM', () => console.log('own')); process.on('SIGUSR2', () => process.exit(7));`;
    const worker = await bench.node(own, { drain: 0 });
    const idle = connection(bench);
    worker.signal('SIGTERM');
    await worker.says(/own/);
    assert.is((await idle.ask(GET)).headers.get('connection'), 'keep-alive');
    assert.not.ok(await refusesFor(bench.held.port, 20_000));
    worker.signal('SIGUSR2');
    assert.equal(await worker.ended, { code: 7, signal: null });
  }));

/** A listener as that of signal-exit: it ends the process, but only when nobody else listens. */
const ENDS_WHEN_ALONE = `
  const end = () => {
    if (process.listenerCount('SIGTERM') > 1) return;
    process.removeListener('SIGTERM', end);
    process.kill(process.pid, 'SIGTERM');
  };
  process.on('SIGTERM', end);`;

for (const carrier of [`globalThis[Symbol.for('signal-exit emitter')]`, 'process.__signal_exit_emitter__']) {
  it(`does not take the listener of signal-exit for one of the program (${carrier})`, () =>
    onBench(async (bench) => {
      const worker = await bench.node(`${carrier} = { count: 1 }; ${ENDS_WHEN_ALONE} ${SLOW}`, {
        drain: LONG,
      });
      const answer = connection(bench).ask(GET);
      await worker.says(/asked/);
      await beginDrain(worker, bench.held.port);
      worker.signal('SIGUSR2');
      assert.is((await answer).body, 'hello');
      assert.equal(await worker.ended, { code: 0, signal: null });
    }));
}

it('is out of the way of a listener that acts only when it is alone', () =>
  onBench(async (bench) => {
    const worker = await bench.node(`${ENDS_WHEN_ALONE} ${APP}`, { drain: LONG });
    worker.signal('SIGTERM');
    assert.equal(await worker.ended, { code: null, signal: 'SIGTERM' });
  }));

it('ends at once on a second SIGTERM, but not on the echo of the first', () =>
  onBench(async (bench) => {
    const worker = await bench.node(APP, { drain: LONG });
    const idle = connection(bench);
    await idle.ask(GET);
    await beginDrain(worker, bench.held.port);
    const began = performance.now();
    const again = setInterval(() => worker.signal('SIGTERM'), 50);
    const ending = await worker.ended;
    clearInterval(again);
    assert.equal(ending, { code: null, signal: 'SIGTERM' });
    assert.ok(performance.now() - began > 300);
  }));

it('leaves an upgraded connection until the drain time has passed', () =>
  onBench(async (bench) => {
    const text = `${APP}; server.on('upgrade', (request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: echo\\r\\nConnection: Upgrade\\r\\n\\r\\n');
      socket.pipe(socket);
    });`;
    const worker = await bench.node(text, { drain: 1500 });
    const socket = net.connect(bench.held.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: test\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n');
    let text2 = '';
    socket.on('data', (bytes) => (text2 += bytes));
    await eventually('it is upgraded', () => text2.includes('\r\n\r\n'));
    await beginDrain(worker, bench.held.port);
    socket.write('still here');
    await eventually('its echo', () => text2.includes('still here'));
    assert.equal(await worker.ended, { code: 0, signal: null });
    socket.destroy();
  }));

it('answers what is in flight on http2, after the notice that it goes', () =>
  onBench(async (bench) => {
    const slow = SLOW.replace(`'http'`, `'http2'`);
    const worker = await bench.node(slow, { drain: LONG });
    const session = http2.connect(`http://127.0.0.1:${bench.held.port}`);
    const goaway = new Promise((resolve) => session.once('goaway', resolve));
    const answer = readAll(session.request({ ':path': '/' }));
    await worker.says(/asked/);
    worker.signal('SIGTERM');
    await goaway;
    worker.signal('SIGUSR2');
    assert.is(await answer, 'hello');
    assert.equal(await worker.ended, { code: 0, signal: null });
  }));

it('does not hinder a program that never listens', () =>
  onBench(async (bench) => {
    const worker = await bench.node(`console.log('listening'); setInterval(() => {}, 1000)`);
    worker.signal('SIGTERM');
    assert.equal(await worker.ended, { code: null, signal: 'SIGTERM' });
  }));

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const bytes of stream) text += bytes;
  return text;
}

it.run();
