import { createServer, type RequestListener } from 'node:http';
import net from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type LoadOptions, type LoadResult, startLoad } from './load-client.js';

const it = suite('the checking load client');

const number = (url = ''): string | null => new URL(url, 'http://x').searchParams.get('n');
const echo: RequestListener = ({ url }, response) =>
  response.end(JSON.stringify({ n: number(url), pid: 77 }));

async function against(server: net.Server, options: Omit<LoadOptions, 'port'>): Promise<LoadResult> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  try {
    return await startLoad({ connections: 2, ...options, port }).done;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Answers the first request of each connection like this, and then ends it so. */
function raw(answer: (n: string) => string, end: (socket: net.Socket) => void): net.Server {
  return net.createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (bytes) => {
      const n = /n=(\d+)/.exec(String(bytes))?.[1] ?? '';
      socket.write(answer(n), () => end(socket));
    });
  });
}

const whole = (n: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${n.length + 6}\r\n\r\n{"n":${n}}`;

for (const keepAlive of [true, false]) {
  it(`finds nothing wrong with a right server (keep-alive: ${keepAlive})`, async () => {
    const { sent, failed, byPid } = await against(createServer(echo), { keepAlive, count: 40 });
    assert.equal({ sent, failed }, { sent: 40, failed: [] });
    assert.equal([...byPid], [[77, 40]]);
  });
}

it('opens another connection when one was closed while idle', async () => {
  const { failed } = await against(
    raw(whole, (socket) => socket.end()),
    { keepAlive: true, think: 30, count: 6 },
  );
  assert.equal(failed, []);
});

const FAULTS: Record<string, [net.Server, RegExp]> = {
  'another number': [
    raw(
      (n) => whole(`${n}0`),
      (socket) => socket.end(),
    ),
    /the answer is for/,
  ],
  'a reset': [
    raw(
      () => '',
      (socket) => socket.resetAndDestroy(),
    ),
    /ECONNRESET/,
  ],
  'an end before the answer': [
    raw(
      () => '',
      (socket) => socket.end(),
    ),
    /closed before an answer/,
  ],
  'half an answer': [
    raw(
      (n) => whole(n).slice(0, -3),
      (socket) => socket.end(),
    ),
    /closed after \d+ bytes/,
  ],
  'another status': [createServer((_, response) => response.writeHead(503).end()), /status 503/],
};
for (const [fault, [server, words]] of Object.entries(FAULTS)) {
  it(`counts ${fault} as a failure`, async () => {
    const { sent, failed } = await against(server, { keepAlive: true, count: 4 });
    assert.is(failed.length, sent);
    assert.match(failed[0] ?? '', words);
  });
}

it('counts a refused connection as a failure', async () => {
  const { failed } = await startLoad({ port: 1, connections: 1, count: 2 }).done;
  assert.match(failed[1] ?? '', /#2: .*ECONNREFUSED/);
});

it('lets a request on its way be answered when it is stopped', async () => {
  let answer = (): void => {};
  const server = createServer((request, response) => {
    answer = () => echo(request, response);
    load.stop();
    setImmediate(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const load = startLoad({ port: (server.address() as net.AddressInfo).port, connections: 1 });
  assert.equal(await load.done.then(({ sent, failed }) => ({ sent, failed })), { sent: 1, failed: [] });
  server.close();
});

it.run();
