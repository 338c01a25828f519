import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ready } from '../../../src/config/app.js';
import { watchReload } from '../../../src/master/readiness/watch-reload.js';
import { now } from '../../../src/system/clock.js';
import { begin, fixture, inFolder, type Life, pass, until } from './life.js';

const it = suite('confirmation of a reload by signal');

const SPOKE: Ready = { by: 'log', pattern: 'spoke', within: 30_000 };

async function use(
  argv: readonly string[],
  ready: Ready,
  judge: (life: Life) => Promise<void>,
): Promise<void> {
  await inFolder(async (dir) => {
    const life = begin(argv, ready, dir, { speaks: true });
    try {
      await until('ready', () => life.readyAfter() !== null);
      await until('the program to be up', () => life.lines.includes('spoke'));
      await judge(life);
    } finally {
      await life.end();
    }
  });
}

/** Sends SIGHUP; tells when that was confirmed, in milliseconds. */
function reload(life: Life) {
  const began = now();
  let confirmed: number | null = null;
  const watch = watchReload(life.subject, () => {
    confirmed = now() - began;
  });
  life.signal('SIGHUP');
  return { after: () => confirmed, close: () => watch.close() };
}

const serv = (...words: string[]) => [...fixture('serv.py'), '--say', ...words];

it('hears READY=1 after RELOADING=1, and the news say so', () =>
  use(serv('notify', '--reload', 'told'), { by: 'notify', within: 30_000 }, async (life) => {
    const { after } = reload(life);
    await until('the confirmation', () => after() !== null);
    assert.equal(
      life.news.map(({ type }) => type),
      ['status', 'ready', 'reloading', 'ready'],
    );
  }));

it('waits for READY=1 once RELOADING=1 was said', () =>
  use(serv('notify', '--reload', 'begun'), { by: 'notify', within: 30_000 }, async (life) => {
    const { after, close } = reload(life);
    await until('the news', () => life.news.some(({ type }) => type === 'reloading'));
    await pass(1_300);
    assert.is(after(), null);
    close();
  }));

it('waits for the end of the last old child', () =>
  use([...fixture('replaces-its-children.py'), '400'], SPOKE, async (life) => {
    const { after } = reload(life);
    await until('the confirmation', () => after() !== null);
    assert.ok(life.lines.includes('hup'));
    assert.ok((after() ?? 0) >= 399, `after ${after()} ms`);
  }));

it('takes a program without children and words at its life', () =>
  use(serv('log'), { by: 'log', pattern: 'ready to serve', within: 30_000 }, async (life) => {
    const { after } = reload(life);
    await until('the confirmation', () => after() !== null);
    assert.ok((after() ?? 0) >= 999, `after ${after()} ms`);
  }));

it('confirms nothing for a program that the signal killed', () =>
  use(['sh', '-c', 'echo spoke; exec sleep 60'], SPOKE, async (life) => {
    const { after, close } = reload(life);
    await until('its end', () => life.ended());
    await pass(1_300);
    assert.is(after(), null);
    close();
  }));

it('confirms nothing after its close', () =>
  use(serv('notify', '--reload', 'told'), { by: 'notify', within: 30_000 }, async (life) => {
    const { after, close } = reload(life);
    close();
    await until('the line of the program', () => life.lines.includes('hup'));
    await pass(200);
    assert.is(after(), null);
  }));

it.run();
