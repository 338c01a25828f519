import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AppStatus } from '../../src/control/protocol.js';
import { until } from '../system/scratch.js';
import { type Desk, desk } from './run-cli.js';

const it = suite('launch');
const STAYS = '  stays: { command: sleep 600, count: 2, ready: { after: 10ms } }\n';
const BREAKS = '  breaks: { command: [sh, -c, "echo broken >&2; exit 9"] }\n';

async function withApp(workers: string, act: (at: Desk) => Promise<void>) {
  const at = desk();
  writeFileSync(join(at.cwd, 'sup.yaml'), `name: shop\nworkers:\n${workers}`);
  try {
    await act(at);
  } finally {
    await at.run('stop', '--now');
  }
}

const statusOf = async (at: Desk): Promise<AppStatus> => JSON.parse((await at.run('status', '--json')).out);
const pids = ({ groups }: AppStatus) => groups.flatMap(({ workers }) => workers.map(({ pid }) => pid));

it('starts a master that stays, and ends it with its workers', () =>
  withApp(STAYS, async (at) => {
    const started = await at.run('start', '-d');
    assert.equal([started.code, started.err], [0, '']);
    assert.match(started.out, /^started: stays \(2\)\n\nshop {2}master \d+/);
    const status = await statusOf(at);
    assert.is(status.groups[0]?.ready, 2);
    const again = JSON.parse((await at.run('start', '-d', '--json')).out);
    assert.equal([again.started, again.already], [[], ['stays.0', 'stays.1']]);
    assert.is((await at.run('stop')).out, 'stopped: stays (2)\nthe master has ended\n');
    for (const pid of [status.pid, ...pids(status)]) assert.not(isAlive(Number(pid)), `pid ${pid}`);
    assert.is((await at.run('status')).code, 3);
    assert.is((await at.run('start', '-d')).code, 0);
  }));

it('leaves nothing behind when a start fails', () =>
  withApp(STAYS + BREAKS, async (at) => {
    const { code, out, err } = await at.run('start', '-d');
    assert.equal([code, out], [5, '']);
    assert.match(err, /breaks\.0/);
    assert.match(err, /exit 9/);
    assert.match(err, /\| broken/);
    assert.is((await at.run('status')).code, 3);
    const { error } = JSON.parse((await at.run('start', '-d', '--json')).out);
    assert.equal(
      [error.code, error.detail.worker, error.detail.tail],
      ['E_START_FAILED', 'breaks.0', ['broken']],
    );
  }));

it('keeps what ran already when a later start fails', () =>
  withApp(STAYS + BREAKS, async (at) => {
    assert.is((await at.run('start', '-d', 'stays')).code, 0);
    const before = await statusOf(at);
    assert.is((await at.run('start', '-d')).code, 5);
    const after = await statusOf(at);
    assert.equal([after.pid, after.groups[0]?.ready], [before.pid, 2]);
  }));

it('makes one master of many that are started at once', () =>
  withApp(STAYS, async (at) => {
    const all = await Promise.all(Array.from({ length: 4 }, () => at.run('start', '-d', '--json')));
    assert.equal(
      all.map(({ code }) => code),
      [0, 0, 0, 0],
      all.map(({ out }) => out).join('\n'),
    );
    assert.is(new Set(all.map(({ out }) => JSON.parse(out).status.pid)).size, 1);
    assert.is((await statusOf(at)).groups[0]?.workers.length, 2);
  }));

it('starts over the remains of a master that was killed', () =>
  withApp(STAYS, async (at) => {
    await at.run('start', '-d');
    const killed = await statusOf(at);
    assert.ok(killed.pid > 1);
    for (const pid of [killed.pid, ...pids(killed)])
      if (Number(pid) > 1) process.kill(Number(pid), 'SIGKILL');
    await until('their end', () => !isAlive(killed.pid));
    assert.match((await at.run('ls')).out, 'shop is dead');
    assert.is((await at.run('start', '-d')).code, 0);
  }));

it('runs in the foreground with prefixed output until Ctrl-C', () =>
  withApp(
    '  hello: { command: [sh, -c, "echo I am here; exec sleep 600"], ready: { after: 10ms } }\n',
    async (at) => {
      const running = at.begin('start');
      await until('its output', () => running.said.out.includes('hello.0 | I am here\n'));
      await until('its readiness', () => running.said.out.includes('sup     | hello.0 is ready\n'));
      running.signal('SIGINT');
      const { code, out } = await running.end;
      assert.is(code, 0);
      assert.match(out, 'hello.0 stopped');
    },
  ));

it('tells what the workers wrote when no master runs any more', () =>
  withApp(
    '  hello: { command: [sh, -c, "echo I am here; exec sleep 600"], ready: { log: here } }\n',
    async (at) => {
      assert.is((await at.run('start', '-d')).code, 0);
      await at.run('stop');
      assert.is((await at.run('logs')).out, 'hello.0 | I am here\n');
      assert.is(
        JSON.parse((await at.run('logs', 'hello', '--grep', 'am', '--since', '1h', '--json')).out).line,
        'I am here',
      );
      const none = await at.run('logs', '--grep', 'nothing like it');
      assert.equal([none.code, none.out], [0, '']);
      assert.match(none.err, 'nothing of that kind in ');
    },
  ));

/** A zombie that nobody has reaped is dead enough. */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}

it.run();
