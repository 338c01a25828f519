import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { NotifyChannel } from '../../../src/master/readiness/notify-channel.js';
import { type Notice, readNotices } from '../../../src/master/readiness/notify-message.js';
import type { ReadinessNews } from '../../../src/master/readiness/readiness.js';
import { watchNotify } from '../../../src/master/readiness/watch-notify.js';
import { pass, until } from './life.js';

const it = suite('watch of a notify channel');

function watch(saysReady: boolean) {
  const listeners = new Set<(notice: Notice) => void>();
  const listen = (then: (notice: Notice) => void) => {
    listeners.add(then);
    return () => void listeners.delete(then);
  };
  const channel: NotifyChannel = { path: '', listen, close: () => {} };
  const news: ReadinessNews[] = [];
  const { close } = watchNotify(channel, saysReady, (it) => news.push(it));
  const say = (text: string) => {
    for (const notice of readNotices(text)) for (const then of listeners) then(notice);
  };
  return { say, news, close, types: () => news.map(({ type }) => type) };
}

it('tells ready once, and again after each reload', () => {
  const { say, types, close } = watch(true);
  for (const text of ['READY=1', 'READY=1', 'RELOADING=1', 'READY=1', 'READY=1']) say(text);
  assert.equal(types(), ['ready', 'reloading', 'ready']);
  close();
});

it('leaves READY=1 alone where readiness is told in another way, but for a reload', () => {
  const { say, types, close } = watch(false);
  for (const text of ['READY=1', 'RELOADING=1', 'READY=1']) say(text);
  assert.equal(types(), ['reloading', 'ready']);
  close();
});

it('passes on the rest as it comes', () => {
  const { say, news, close } = watch(true);
  say('STATUS=half way\nEXTEND_TIMEOUT_USEC=5000000\nMAINPID=77\nSTOPPING=1');
  assert.equal(news, [
    { type: 'status', text: 'half way' },
    { type: 'extend', by: 5_000 },
    { type: 'mainPid', pid: 77 },
    { type: 'stopping' },
  ]);
  close();
});

it('finds a life unwell that does not ping as it promised, once', async () => {
  const { say, news, types, close } = watch(true);
  say('WATCHDOG_USEC=50000\nREADY=1\nWATCHDOG=1');
  assert.equal(types(), ['watchdogPeriod', 'ready', 'watchdog']);
  await until('unwell', () => types().includes('unwell'));
  await pass(150);
  assert.equal(news.slice(3), [{ type: 'unwell', reason: 'no watchdog ping for 50 ms' }]);
  close();
});

it('finds nothing wrong once the promise is taken back, or it stops', async () => {
  for (const end of ['WATCHDOG_USEC=0', 'STOPPING=1']) {
    const { say, types, close } = watch(true);
    say(`WATCHDOG_USEC=20000\n${end}`);
    await pass(100);
    assert.not(types().includes('unwell'));
    close();
  }
});

it('finds a life unwell that says so', () => {
  const { say, types, close } = watch(true);
  say('WATCHDOG=trigger');
  assert.equal(types(), ['unwell']);
  close();
});

it('is silent after its close', async () => {
  const { say, news, close } = watch(true);
  say('WATCHDOG_USEC=10000');
  close();
  say('READY=1');
  await pass(50);
  assert.equal(news.length, 1);
});

it.run();
