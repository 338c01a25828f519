import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fact } from '../../src/control/protocol.js';
import { isRunning } from '../support/proc.js';
import { type SandboxApp, slowly, withApp } from '../support/sandbox-app.js';

const it = suite('the law of restarts');

/** Lives until it is killed; while the file `broken` is there it cannot start. */
function breakable(app: SandboxApp, restart: object, more: object = {}): void {
  const broken = '[ -e broken ] && { echo "out of luck" >&2; exit 3; }';
  app.script('program', broken, 'echo up', 'exec sleep 1000');
  app.configure({ web: { command: './program', ready: { log: '/up/' }, restart, ...more } });
}

async function killWorker(app: SandboxApp): Promise<number> {
  const { pid } = await app.worker('web.0');
  assert.ok(pid !== null && pid > 1);
  process.kill(pid, 'SIGKILL');
  return pid;
}

it(
  'a worker that crash-loops says so, with the next try and its last lines, and comes back when mended',
  withApp(async (app) => {
    breakable(app, { from: '20ms', to: '1m', stable: '1h' });
    await app.done('start', '-d');
    app.touch('broken');
    await killWorker(app);
    // 20 ms, 40, 80, …: long enough to look at it when this one begins.
    const looping = await app.becomes(
      'web.0',
      ({ crashLooping, nextTryIn }) => crashLooping && (nextTryIn ?? 0) > 2500,
    );
    assert.is(looping.last?.reason, 'exit 3 before it was ready');
    assert.equal(looping.last?.tail, ['out of luck']);
    assert.ok(looping.restarts >= 3);
    const { stdout } = await app.done('status');
    assert.match(stdout, /web\.0 +crash-looping/);
    assert.match(stdout, /web\.0 is crash-looping: exit 3 before it was ready \(\d+ restarts, next try in /);
    assert.match(stdout, /^ {4}out of luck$/m);
    assert.match(stdout, /Next: sup logs web\.0/);
    app.remove('broken');
    await app.becomes('web.0', ({ phase }) => phase === 'ready');
  }),
);

it(
  'a worker gives up after its attempts, and a restart by hand begins anew',
  withApp(async (app) => {
    breakable(app, { from: '10ms', attempts: 3, stable: '1h' });
    await app.done('start', '-d');
    app.touch('broken');
    await killWorker(app);
    const failed = await app.becomes('web.0', ({ phase }) => phase === 'failed');
    assert.equal([failed.restarts, failed.nextTryIn, app.processes()], [2, null, []]);
    assert.match((await app.done('status')).stdout, /web\.0 gave up: exit 3/);
    app.remove('broken');
    await app.done('restart', 'web.0');
    assert.is((await app.pids()).length, 1);
  }),
);

const phasesOf = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) => (fact.kind === 'worker' ? [fact.phase] : []));

it(
  'the first death after a stable life is followed by a start at once',
  withApp(async (app) => {
    breakable(app, { from: '1h', to: '1h', stable: '300ms' });
    await app.done('start', '-d');
    await app.becomes('web.0', ({ uptime }) => (uptime ?? 0) > 300);
    const old = await killWorker(app);
    const { pid, restarts, last } = await app.becomes(
      'web.0',
      (now) => now.phase === 'ready' && now.pid !== old,
    );
    assert.equal([restarts, last?.signal], [1, 'SIGKILL']);
    assert.ok(pid && isRunning(pid));
    assert.equal(phasesOf(await app.facts()), ['starting', 'ready', 'starting', 'ready']);
  }),
);

it(
  'a death before that waits',
  withApp(async (app) => {
    breakable(app, { from: '1h', to: '1h', stable: '1h' });
    await app.done('start', '-d');
    await killWorker(app);
    const { nextTryIn, crashLooping } = await app.becomes('web.0', ({ phase }) => phase === 'waiting');
    assert.ok(nextTryIn !== null && nextTryIn > 50 * 60_000, String(nextTryIn));
    assert.not.ok(crashLooping);
  }),
);

const ENDS = [
  { restart: 'never', code: 0, phase: 'ended' },
  { restart: 'never', code: 5, phase: 'failed' },
  { restart: 'on-failure', code: 0, phase: 'ended' },
  { restart: { when: 'on-failure', codes: [0, 5] }, code: 5, phase: 'ended' },
  { restart: { when: 'on-failure', codes: [0, 5], from: '1h', to: '1h' }, code: 6, phase: 'waiting' },
] as const;
it(
  'an end by itself is judged by its exit code',
  withApp(async (app) => {
    const group = ({ restart, code }: (typeof ENDS)[number]): object => ({
      command: ['sh', '-c', `echo up; while [ ! -e go ]; do sleep 0.05; done; exit ${code}`],
      ready: { log: '/up/' },
      restart,
    });
    app.configure(Object.fromEntries(ENDS.map((end, i) => [`w${i}`, group(end)])));
    await app.done('start', '-d');
    app.touch('go');
    for (const [i, { phase, code }] of ENDS.entries()) {
      const { last } = await app.becomes(`w${i}.0`, (now) => now.phase === phase);
      assert.is(last?.code, code);
    }
    assert.equal(app.processes(), []);
  }),
);

it(
  'what a dead worker began is gone before its next life begins',
  withApp(async (app) => {
    app.script('program', 'sleep 1000 & echo $! > child', 'echo up', 'exec sleep 1000');
    app.configure({ web: { command: './program', ready: { log: '/up/' }, restart: { from: '10ms' } } });
    await app.done('start', '-d');
    const child = Number(app.read('child'));
    assert.ok(isRunning(child));
    const old = await killWorker(app);
    await app.becomes('web.0', (now) => now.phase === 'ready' && now.pid !== old);
    assert.not.ok(isRunning(child));
    await slowly('two processes', () => app.processes().length === 2);
  }),
);

it.run();
