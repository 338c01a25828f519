import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ready } from '../../../src/config/app.js';
import { begin, inFolder, installed, type Life, pass, until } from './life.js';

const it = suite('readiness of programs we did not write');

const NOTIFY: Ready = { by: 'notify', within: 30_000 };
const told = (life: Life, type: string) =>
  until(`the news ${type}`, () => life.news.some((it) => it.type === type));
const typesOf = (life: Life) => life.news.map(({ type }) => type);

async function use(argv: readonly string[], judge: (life: Life) => Promise<void>): Promise<void> {
  await inFolder(async (dir) => {
    const life = begin(argv, NOTIFY, dir);
    try {
      await judge(life);
    } finally {
      await life.end();
    }
  });
}

/** uvu's skip goes by the test, and says so in its count. */
const when = (program: string) => (installed(program) ? it : it.skip);

const REDIS =
  'redis-server --supervised systemd --daemonize no --port 0 --unixsocket redis.sock --save --appendonly no';

when('redis-server')('redis: ready, still so after SIGHUP, and says when it stops', () =>
  use(REDIS.split(' '), async (life) => {
    await told(life, 'ready');
    life.signal('SIGHUP');
    await pass(200);
    assert.is(typesOf(life).filter((type) => type === 'ready').length, 1);
    assert.not(life.ended());
    life.signal('SIGTERM');
    await told(life, 'stopping');
    await until('its end', () => life.ended());
  }),
);

when('systemd-notify')('systemd-notify: speaks for the shell script that runs it, and is gone by then', () =>
  use(['sh', '-c', 'systemd-notify --ready --status="all is well"; echo told; sleep 60'], async (life) => {
    await told(life, 'ready');
    assert.ok(life.news.some((it) => it.type === 'status' && it.text === 'all is well'));
    // Its BARRIER=1 is answered: the tool goes on by itself.
    await until('the end of systemd-notify', () => life.lines.includes('told'));
  }),
);

when('systemd-notify')('systemd-notify: reloads and says so', () =>
  use(
    [
      'sh',
      '-c',
      'systemd-notify --ready; systemd-notify RELOADING=1; systemd-notify READY=1 MAINPID=$$; sleep 60',
    ],
    async (life) => {
      await told(life, 'mainPid');
      const { pid } = life.subject.identity;
      assert.equal(life.news, [
        { type: 'ready' },
        { type: 'reloading' },
        { type: 'ready' },
        { type: 'mainPid', pid },
      ]);
    },
  ),
);

it.run();
