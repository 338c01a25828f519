import { once } from 'node:events';
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import * as net from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Connection, connectLines, serveLines } from '../../src/system/line-socket.js';
import { exitOf, nextLine, scratch, startNode, until } from './scratch.js';

const it = suite('line-socket');
const folder = scratch();

/** Answers each line with { got: line }; `closed` counts connections that ended. */
async function echo(name: string) {
  const seen = { lines: [] as unknown[], closed: 0, connections: [] as Connection[] };
  const path = join(folder, name);
  const server = await serveLines(path, (connection) => {
    seen.connections.push(connection);
    connection.onClose(() => seen.closed++);
    connection.onLine((line) => {
      seen.lines.push(line);
      connection.send({ got: line });
    });
  });
  return { path, server, seen };
}

/** A client that writes bytes as they are, and what it gets until the server closes. */
async function raw(path: string, ...pieces: (string | Buffer)[]): Promise<string> {
  const socket = net.connect(path);
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes;
  });
  socket.on('error', () => {});
  for (const piece of pieces) socket.write(piece);
  await once(socket, 'close');
  return answer;
}

it('carries values both ways, in order, whatever they hold', async () => {
  const { path, server } = await echo('values.sock');
  const client = await connectLines(path);
  const answers: unknown[] = [];
  client.onLine((line) => answers.push(line));
  const values = ['a\nb', { deep: [1, null, 'ü'] }, 'x'.repeat(900_000), 0];
  for (const value of values) client.send(value);
  await until('the answers', () => answers.length === values.length);
  assert.equal(
    answers,
    values.map((got) => ({ got })),
  );
  client.close();
  await server.close();
});

it('is 0600 in a folder of 0700, and refuses an open folder', async () => {
  const { path, server } = await echo('modes.sock');
  assert.is(statSync(path).mode & 0o777, 0o600);
  await server.close();
  mkdirSync(join(folder, 'open'));
  chmodSync(join(folder, 'open'), 0o755);
  await serveLines(join(folder, 'open', 's'), () => {}).then(
    () => assert.unreachable(),
    (error) => assert.match(error.message, /open to other users/),
  );
});

it('keeps lines that came before anybody asked for them', async () => {
  const path = join(folder, 'early.sock');
  const server = await serveLines(path, (connection) => connection.send('welcome'));
  const client = await connectLines(path);
  await new Promise((done) => setTimeout(done, 50));
  const lines: unknown[] = [];
  client.onLine((line) => lines.push(line));
  await until('the line', () => lines.length === 1);
  client.close();
  await server.close();
});

it('puts together what comes in pieces, and takes apart what comes at once', async () => {
  const { path, server, seen } = await echo('pieces.sock');
  const socket = net.connect(path);
  const bytes = Buffer.from('"grün"\n[1]\n{"a":');
  for (const byte of bytes) {
    socket.write(Buffer.from([byte]));
    await new Promise((done) => setImmediate(done));
  }
  await until('two lines', () => seen.lines.length === 2);
  socket.write('2}\n3\n');
  await until('four lines', () => seen.lines.length === 4);
  assert.equal(seen.lines, ['grün', [1], { a: 2 }, 3]);
  socket.destroy();
  await server.close();
});

it('answers garbage with one error line, and closes', async () => {
  const { path, server, seen } = await echo('garbage.sock');
  const answer = await raw(path, '1\nGET / HTTP/1.1\nhost: x\n\n2\n');
  const [first = '', second = '', ...rest] = answer.trimEnd().split('\n');
  assert.equal(JSON.parse(first), { got: 1 });
  assert.is(JSON.parse(second).error.code, 'E_PROTOCOL');
  assert.equal(rest, []);
  assert.equal(seen.lines, [1]);
  await until('the close', () => seen.closed === 1);
  await server.close();
});

it('answers a line of more than 1 MiB with an error, and closes', async () => {
  const { path, server, seen } = await echo('long.sock');
  const answer = await raw(path, `"${'x'.repeat(1024 * 1024)}`, 'y"\n', '1\n');
  assert.match(JSON.parse(answer).error.message, /longer than 1048576 bytes/);
  assert.equal(seen.lines, []);
  await server.close();
});

it('drops half a line of a client that goes away', async () => {
  const { path, server, seen } = await echo('half.sock');
  const socket = net.connect(path);
  socket.end('1\n{"half":');
  await until('the close', () => seen.closed === 1);
  assert.equal(seen.lines, [1]);
  await server.close();
});

it('survives a client that is killed while it is written to', async () => {
  const { path, server, seen } = await echo('killed.sock');
  const client = startNode(
    `import net from 'node:net';
     const s = net.connect(process.argv[1], () => console.log('on'));
     s.pause();
     setInterval(() => {}, 1000);`,
    path,
  );
  await nextLine(client);
  const connection = await until('the connection', () => seen.connections[0]);
  while (connection.send('x'.repeat(100_000)));
  assert.ok(connection.pending > 0);
  client.kill('SIGKILL');
  await exitOf(client);
  await until('the close', () => seen.closed === 1);
  assert.is(connection.send('more'), false);
  let told = false;
  connection.onClose(() => {
    told = true;
  });
  await until('the late word', () => told);
  await server.close();
});

it('stops reading from a client that does not read its answers', async () => {
  const { path, server, seen } = await echo('flood.sock');
  const socket = net.connect(path);
  socket.on('error', () => {});
  socket.pause();
  const line = `"${'x'.repeat(100_000)}"\n`;
  const asked = 200;
  for (let count = 0; count < asked; count++) socket.write(line);
  await until('a full buffer', () => (seen.connections[0]?.pending ?? 0) > 0);
  await until('quiet', async () => {
    const before = seen.lines.length;
    await new Promise((done) => setTimeout(done, 100));
    return seen.lines.length === before;
  });
  assert.ok(seen.lines.length < asked, `${seen.lines.length} lines`);
  socket.resume();
  await until('all of them', () => seen.lines.length === asked);
  socket.destroy();
  await server.close();
});

it('lets the last answers out when it closes', async () => {
  const path = join(folder, 'last.sock');
  const server = await serveLines(path, (connection) =>
    connection.onLine(() => {
      connection.send('x'.repeat(500_000));
      void server.close();
    }),
  );
  const client = await connectLines(path);
  const lines: unknown[] = [];
  client.onLine((line) => lines.push(line));
  client.send('stop');
  let closed = false;
  client.onClose(() => {
    closed = true;
  });
  await until('the close', () => closed);
  assert.is(lines.length, 1);
});

it('says ENOENT where nobody was, ECONNREFUSED where somebody was killed, and takes that place', async () => {
  const path = join(folder, 'left.sock');
  assert.is(await refusal(path), 'ENOENT');
  const left = startNode(
    `import { serveLines } from 'SYSTEM/line-socket.js';
     await serveLines(process.argv[1], () => {});
     console.log('serves');`,
    path,
  );
  await nextLine(left);
  await serveLines(path, () => {}).then(
    () => assert.unreachable(),
    (error) => assert.is(error.code, 'EADDRINUSE'),
  );
  left.kill('SIGKILL');
  await exitOf(left);
  assert.is(await refusal(path), 'ECONNREFUSED');
  await (await serveLines(path, () => {})).close();
});

const refusal = (path: string) =>
  connectLines(path).then(
    () => 'connected',
    (error: NodeJS.ErrnoException) => error.code,
  );

it.run();
