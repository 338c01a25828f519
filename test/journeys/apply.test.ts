import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isRunning, look } from '../support/proc.js';
import { type SandboxApp, SLEEPER, withApp } from '../support/sandbox-app.js';

const it = suite('sup apply');

const BEFORE = {
  same: { ...SLEEPER, count: 2 },
  grows: { ...SLEEPER, count: 2 },
  shrinks: { ...SLEEPER, count: 3 },
  changes: { ...SLEEPER, env: { GONE: 'yes', STAYS: 'yes' } },
  goes: SLEEPER,
  patient: SLEEPER,
};
const AFTER = {
  same: BEFORE.same,
  grows: { ...SLEEPER, count: 4 },
  shrinks: { ...SLEEPER, count: 1 },
  changes: { ...SLEEPER, env: { STAYS: 'yes' } },
  patient: { ...SLEEPER, stop: { timeout: '20s' } },
  comes: { ...SLEEPER, count: 2, needs: ['same'] },
};

const pidsOf = async (app: SandboxApp): Promise<Record<string, number[]>> =>
  Object.fromEntries(
    await Promise.all(
      (await app.status()).groups.map(async ({ group }) => [group, await app.pids(group)] as const),
    ),
  );

it(
  'with --plan says what would happen, and touches nothing',
  withApp(async (app) => {
    app.configure(BEFORE);
    await app.done('start', '-d');
    const before = await pidsOf(app);
    app.configure(AFTER);
    const { stdout } = await app.done('apply', '--plan');
    for (const words of [
      'same: would stay as it is',
      'grows: would be scaled from 2 to 4 workers (count)',
      'shrinks: would be scaled from 3 to 1 worker (count)',
      'changes: would replace 1 worker (env.GONE)',
      'patient: would be adjusted in place (stop)',
      'comes: would be added with 2 workers',
      'goes: would be removed with 1 worker',
    ])
      assert.ok(stdout.includes(`${words}\n`), `${words} in\n${stdout}`);
    assert.equal(await pidsOf(app), before);
    assert.match((await app.done('status')).stdout, /is not what runs\n {2}Next: sup apply --plan/);
  }),
);

it(
  'touches only what differs',
  withApp(async (app) => {
    app.configure(BEFORE);
    await app.done('start', '-d');
    const before = await pidsOf(app);
    app.configure(AFTER);
    await app.done('apply');
    const after = await pidsOf(app);
    assert.equal(after['same'], before['same']);
    assert.equal(after['patient'], before['patient']);
    assert.equal([after['grows']?.slice(0, 2), after['grows']?.length], [before['grows'], 4]);
    assert.equal(after['shrinks'], before['shrinks']?.slice(0, 1));
    assert.is(after['comes']?.length, 2);
    assert.not.ok('goes' in after);
    assert.not.ok(before['goes']?.some(isRunning));
    const [pid = 0] = after['changes'] ?? [];
    assert.not.equal(after['changes'], before['changes']);
    const { environment } = look(pid) ?? {};
    assert.equal([environment?.['STAYS'], environment?.['GONE']], ['yes', undefined]);
    assert.is(app.lives().length, 11);
    assert.match((await app.done('apply')).stdout, /nothing to do/);
    assert.equal(await pidsOf(app), after);
  }),
);

it(
  'a new group that does not come up is told, and what ran runs',
  withApp(async (app) => {
    app.configure({ same: SLEEPER });
    await app.done('start', '-d');
    const before = await pidsOf(app);
    app.configure({ same: SLEEPER, comes: { command: ['sh', '-c', 'echo no luck >&2; exit 2'] } });
    const { code, stderr } = await app.sup('apply');
    assert.is(code, 4);
    assert.match(stderr, /apply refused: comes\.0 ended: exit 2 before it was ready\n {2}\| no luck/);
    assert.equal([await pidsOf(app), app.lives().length], [before, 1]);
  }),
);

it.run();
