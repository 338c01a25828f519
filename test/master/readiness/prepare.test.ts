import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ready } from '../../../src/config/app.js';
import { prepareReadiness, resumeReadiness } from '../../../src/master/readiness/prepare.js';
import { inFolder, installed, until } from './life.js';

const it = suite('preparation of a life');

const FD: Ready = { by: 'fd', fd: 7, within: 1_000 };
const NOTIFY: Ready = { by: 'notify', within: 1_000 };
const AFTER: Ready = { by: 'after', wait: 100, within: 1_000 };

it('makes nothing where nothing is told', () =>
  inFolder(async (dir) => {
    const { env, stdio, close } = prepareReadiness(AFTER, { stateDir: dir, life: 'a' }, false);
    assert.equal([env, stdio.size, readdirSync(dir)], [{}, 0, []]);
    close();
  }));

it('gives a notify socket of 0600 that is gone at the end', () =>
  inFolder(async (dir) => {
    for (const ready of [NOTIFY, AFTER]) {
      const preparation = prepareReadiness(ready, { stateDir: dir, life: 'a' }, ready === AFTER);
      assert.equal(preparation.env, { NOTIFY_SOCKET: join(dir, 'a.notify') });
      assert.is(statSync(join(dir, 'a.notify')).mode & 0o777, 0o600);
      preparation.close();
      assert.equal(readdirSync(dir), []);
    }
  }));

it('gives the descriptor that was asked for, and closes all of it, in any order and twice', () =>
  inFolder(async (dir) => {
    const before = readdirSync('/proc/self/fd').length;
    const preparation = prepareReadiness(FD, { stateDir: dir, life: 'a' }, false);
    assert.equal([...preparation.stdio.keys()], [7]);
    preparation.readyLine?.onNewline(() => {});
    preparation.closeChildEnds();
    preparation.close();
    preparation.close();
    assert.equal(readdirSync(dir), []);
    assert.is(readdirSync('/proc/self/fd').length, before);
  }));

it('keeps a Node channel clear of the held sockets', () => {
  const { stdio, close } = prepareReadiness(
    { by: 'ipc', within: 1_000 },
    { stateDir: '/', life: 'a' },
    false,
  );
  assert.equal([...stdio], [[90, 'ipc']]);
  close();
});

it('takes up the files of a life that an earlier master began', () =>
  inFolder(async (dir) => {
    const where = { stateDir: dir, life: 'a' };
    // That master was killed: it closed nothing.
    prepareReadiness(FD, where, false);
    const line = resumeReadiness(FD, where, false);
    let heard = 0;
    line.readyLine?.onNewline(() => heard++);
    writeFileSync(join(dir, 'a.ready'), 'x\n');
    await until('the newline', () => heard === 1);
    line.close();
  }));

if (installed('systemd-notify'))
  it('binds the notify socket of such a life anew', () =>
    inFolder(async (dir) => {
      const where = { stateDir: dir, life: 'a' };
      writeFileSync(join(dir, 'left'), '');
      prepareReadiness(NOTIFY, where, false).close();
      const { notify, env, close } = resumeReadiness(NOTIFY, where, false);
      const heard: string[] = [];
      notify?.listen(({ type }) => heard.push(type));
      execFileSync('systemd-notify', ['--no-block', 'READY=1'], { env: { ...process.env, ...env } });
      await until('the message', () => heard.includes('ready'));
      close();
    }));

it.run();
