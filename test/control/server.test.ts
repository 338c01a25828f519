import { connect } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { connectControl } from '../../src/control/client.js';
import type { Control, Fact } from '../../src/control/protocol.js';
import { VERBS } from '../../src/control/request.js';
import { serveControl } from '../../src/control/server.js';
import { DetailedError } from '../../src/errors/detailed-error.js';
import { SupError } from '../../src/errors/sup-error.js';
import { scratch, until } from '../system/scratch.js';
import { failure } from './failure.js';
import { CHANGED, fakeControl, HELLO } from './fake-control.js';
import { SAMPLE_STATUS, workerFact } from './sample-status.js';

const it = suite('server');
const quiet = () => {};
const servers: { close(): Promise<void> }[] = [];

async function serve(own: Partial<Control> = {}) {
  const path = join(scratch(), 'app', 'control.sock');
  const { control, asked } = fakeControl(own);
  const server = await serveControl(path, control);
  servers.push(server);
  return { path, asked, server, client: await connectControl(path) };
}

it.after(async () => {
  for (const server of servers) await server.close();
});

it('carries every verb with its ask and its answer', async () => {
  const { client, asked } = await serve();
  const names = ['web', 'chat.1'];
  assert.equal(await client.hello({}, quiet), HELLO);
  assert.equal(await client.status({ names }, quiet), SAMPLE_STATUS);
  assert.equal((await client.start({ names }, quiet)).started, ['web.2']);
  assert.equal((await client.stop({ names, graceful: true, now: false }, quiet)).masterEnds, false);
  assert.equal(await client.restart({ names, graceful: false }, quiet), CHANGED);
  assert.equal((await client.reload({ names, graceful: false, plan: true }, quiet)).plan, true);
  assert.equal((await client.apply({ plan: false }, quiet)).plan, false);
  assert.equal(await client.scale({ counts: { web: 8 } }, quiet), CHANGED);
  assert.equal((await client.signal({ names, signal: 'SIGUSR2' }, quiet)).sent.length, 1);
  assert.equal(await client.events({ follow: false }, quiet), { events: [] });
  assert.equal(
    asked.map(({ verb }) => verb),
    [...VERBS],
  );
  assert.equal(asked[3], { verb: 'stop', ask: { names, graceful: true, now: false } });
});

it('tells all news in their order, before the answer', async () => {
  const many = Array.from({ length: 500 }, (_, seq) => workerFact('web.0', { seq }));
  const { client } = await serve({
    reload: async (_ask, news) => {
      for (const fact of many) news(fact);
      return CHANGED;
    },
  });
  const heard: Fact[] = [];
  assert.equal(
    await client.reload({ names: [], graceful: false, plan: false }, (fact) => heard.push(fact)),
    CHANGED,
  );
  assert.equal(heard, many);
});

it('carries an error with code, hint and detail', async () => {
  const detail = { worker: 'web.2', reason: 'exit 1', tail: ['boom'] };
  const { client } = await serve({
    start: async () => {
      throw new DetailedError('E_START_FAILED', 'web.2 ended', 'mend it', detail);
    },
    apply: async () => {
      throw new SupError('E_SUPERSEDED', 'a stop came in between');
    },
    hello: async () => {
      throw new TypeError('a fault of the master');
    },
  });
  const failed = await failure(client.start({ names: [] }, quiet));
  assert.ok(failed instanceof DetailedError);
  assert.equal(
    [failed.code, failed.exitCode, failed.message, failed.hint],
    ['E_START_FAILED', 5, 'web.2 ended', 'mend it'],
  );
  assert.equal(failed.detail, detail);
  const superseded = await failure(client.apply({ plan: false }, quiet));
  assert.equal([superseded.code, superseded.exitCode, superseded.hint], ['E_SUPERSEDED', 6, undefined]);
  const fault = await failure(client.hello({}, quiet));
  assert.equal([fault.code, fault.message], ['E_FAILED', 'a fault of the master']);
});

it('serves fifty clients at once', async () => {
  const { path, asked } = await serve({
    status: async () => {
      await until('all fifty', () => asked.length === 50);
      return SAMPLE_STATUS;
    },
  });
  const clients = await Promise.all(Array.from({ length: 50 }, () => connectControl(path)));
  const answers = await Promise.all(clients.map((client) => client.status({ names: [] }, quiet)));
  assert.is(answers.filter(({ app }) => app === 'shop').length, 50);
});

it('answers what it does not understand with E_PROTOCOL', async () => {
  const { path, asked } = await serve();
  const wrong = [
    '{"verb":"reboot","ask":{}}',
    '{"verb":"toString","ask":{}}',
    '{"verb":"stop","ask":{"names":[],"graceful":"yes","now":false}}',
    '{"verb":"scale","ask":{"counts":{"web":-1}}}',
    '{"verb":"status"}',
    '[1,2]',
    'null',
    'GET / HTTP/1.1',
  ];
  for (const line of wrong) {
    const reply = JSON.parse(await rawAnswer(path, `${line}\n`));
    assert.is(reply.error?.code, 'E_PROTOCOL', line);
  }
  assert.equal(asked, []);
});

it('serves on when a client sends bytes without an end', async () => {
  const { path, client } = await serve();
  await rawAnswer(path, 'x'.repeat(2 * 1024 * 1024));
  assert.equal(await client.hello({}, quiet), HELLO);
});

it('finishes the job of a client that leaves', async () => {
  let finished = false;
  let leave = quiet;
  const gone = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const { path, asked } = await serve({
    stop: async (_ask, news, left) => {
      await gone;
      await until('the client to be gone', () => left?.aborted);
      news(workerFact('web.0'));
      finished = true;
      return { stopped: [], masterEnds: false };
    },
  });
  const socket = connect(path);
  socket.write('{"verb":"stop","ask":{"names":[],"graceful":false,"now":false}}\n');
  await until('the request', () => asked.length === 1);
  socket.destroy();
  leave();
  await until('the end of the job', () => finished);
});

it('tells the master when one that follows leaves', async () => {
  let left = false;
  const { client } = await serve({
    events: (_ask, news, gone) => {
      gone?.addEventListener('abort', () => {
        left = true;
      });
      news(workerFact('web.1'));
      return new Promise(() => {});
    },
  });
  const leave = new AbortController();
  const heard: Fact[] = [];
  const following = client.events({ follow: true }, (fact) => heard.push(fact), leave.signal).catch(quiet);
  await until('the news', () => heard.length === 1);
  assert.not(left);
  leave.abort();
  await following;
  await until('the master to know', () => left);
});

it('gives up a client that never reads, and keeps no more than some of its news', async () => {
  let given = 0;
  let gone = false;
  const { path, client } = await serve({
    events: (_ask, news, left) => {
      const fact: Fact = { seq: 1, at: '', kind: 'says', worker: 'web.0', text: 'x'.repeat(64 * 1024) };
      const timer = setInterval(() => {
        for (let i = 0; i < 32 && !left?.aborted; i += 1, given += 1) news(fact);
        gone = left?.aborted ?? false;
        if (gone) clearInterval(timer);
      }, 1);
      return new Promise(() => {});
    },
  });
  const socket = connect(path);
  socket.pause();
  socket.write('{"verb":"events","ask":{"follow":true}}\n');
  await until('the master to give up', () => gone);
  assert.ok(given < 1024, `${given} facts of 64 KiB`);
  assert.equal(await client.hello({}, quiet), HELLO);
  socket.destroy();
});

it('takes one request a connection', async () => {
  const { path, asked } = await serve();
  await rawAnswer(path, '{"verb":"hello","ask":{}}\n{"verb":"apply","ask":{"plan":false}}\n');
  assert.equal(
    asked.map(({ verb }) => verb),
    ['hello'],
  );
});

/** What came until the server closed; a server that closes early breaks the pipe. */
function rawAnswer(path: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(path, () => socket.write(text));
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', quiet);
  });
}

it.run();
