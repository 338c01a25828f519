import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isAlive } from '../../../src/system/processes.js';
import { until } from '../../system/scratch.js';
import { also, app, endAll, heard, identities, type Master, master, ready, refusal } from '../rig.js';

const it = suite('scale, restart, signal');
it.after.each(endAll);

async function started(yaml: string): Promise<Master> {
  const m = await master(yaml);
  await m.control.start({ names: [] }, heard);
  return m;
}
const scale = ({ control }: Master, counts: Record<string, number>) => control.scale({ counts }, heard);
const restart = ({ control }: Master, ...names: string[]) =>
  control.restart({ names, graceful: false }, heard);

/** Only its first worker comes up. */
const ONE_ONLY = ready('test $SUP_WORKER = 0 || exit 6').replace(/ }$/, ', restart: { from: 10ms } }');

it('starts more workers, or stops the last ones', async () => {
  const m = await started(app({ web: ready(), job: ready() }));
  const [first] = await m.pids('web');
  const up = await scale(m, { web: 3, job: 2 });
  assert.equal(
    up.changes.map(({ does, workers }) => [does, workers]),
    [
      ['scale', ['web.1', 'web.2']],
      ['scale', ['job.1']],
    ],
  );
  assert.is((await m.pids('web')).length, 3);
  const down = await scale(m, { web: 1 });
  assert.equal(down.changes[0]?.workers, ['web.1', 'web.2']);
  assert.equal(await m.pids('web'), [first]);
  assert.is((await scale(m, { web: 1 })).changes[0]?.does, 'nothing');
  await scale(m, { web: 0 });
  assert.equal(await m.pids('web'), []);
  await scale(m, { web: 1 });
  assert.is((await m.pids('web')).length, 1);
  await m.end();
});

it('has the count again that it had when a new worker fails', async () => {
  const m = await started(app({ web: ONE_ONLY }));
  const error = await refusal(scale(m, { web: 3 }));
  assert.equal(
    [error.code, error.message.split('\n')[0]?.replace(/web\.[12]/, 'web.N')],
    ['E_START_FAILED', 'scale failed, web has 1 again: web.N ended: exit 6 before it was ready'],
  );
  const [group] = (await m.look()).groups;
  assert.equal([group?.wanted, group?.workers.length], [1, 1]);
  await m.end();
});

it('outlives a reload by its count, and is undone by apply', async () => {
  const m = await started(app({ web: ready() }));
  await scale(m, { web: 2 });
  await m.control.reload({ names: [], graceful: false, plan: false }, heard);
  assert.is((await m.pids('web')).length, 2);
  assert.is((await m.look()).config, 'changed');
  await m.control.apply({ plan: false }, heard);
  assert.is((await m.pids('web')).length, 1);
  await m.end();
});

it('scales groups that there are, not workers', async () => {
  const m = await started(app({ web: ready() }));
  const worker = await refusal(scale(m, { 'web.0': 2 }));
  assert.equal([worker.code, worker.message], ['E_USAGE', 'web.0 is one worker, not a group']);
  assert.is((await refusal(scale(m, { wib: 2 }))).message, 'there is no group wib, did you mean web?');
  await m.end();
});

it('restarts with new processes, one group after the other', async () => {
  const m = await started(app({ web: also(ready(), 'needs: [db], count: 2'), db: ready() }));
  const old = identities([...(await m.pids('web')), ...(await m.pids('db'))]);
  const { changes } = await restart(m);
  assert.equal(
    changes.map(({ group, workers }) => [group, workers]),
    [
      ['db', ['db.0']],
      ['web', ['web.0', 'web.1']],
    ],
  );
  assert.not(old.some(isAlive));
  const [first, second] = await m.pids('web');
  await restart(m, 'web.0');
  const after = await m.pids('web');
  assert.is.not(after[0], first);
  assert.is(after[1], second);
  await m.end();
});

it('signals the main processes only, and says which', async () => {
  const tells = `{ command: [sh, -c, 'trap "echo heard" USR1; echo up; while :; do sleep 0.05; done'], ready: { log: up } }`;
  const m = await started(app({ web: also(tells, 'count: 2'), off: also(ready(), 'count: 0') }));
  const pids = await m.pids('web');
  const all = await m.control.signal({ names: [], signal: 'SIGUSR1' }, heard);
  assert.equal(all.sent, [
    { worker: 'web.0', pid: pids[0] },
    { worker: 'web.1', pid: pids[1] },
  ]);
  await until('both to hear it', () => ['web.0', 'web.1'].every((name) => m.log(name).includes('heard')));
  const one = await m.control.signal({ names: ['web.1'], signal: 'SIGUSR1' }, heard);
  assert.equal(
    one.sent.map(({ worker }) => worker),
    ['web.1'],
  );
  await m.end();
});

it('takes many verbs at once, one after the other, each with an answer', async () => {
  const m = await started(app({ web: ready(), job: ready() }));
  const verbs = await Promise.allSettled([
    scale(m, { web: 2 }),
    restart(m, 'web'),
    m.control.reload({ names: ['web'], graceful: false, plan: false }, heard),
    scale(m, { web: 3, job: 2 }),
    m.control.start({ names: [] }, heard),
    m.control.reload({ names: [], graceful: false, plan: false }, heard),
    m.control.apply({ plan: false }, heard),
  ]);
  assert.equal(
    verbs.map(({ status }) => status),
    verbs.map(() => 'fulfilled'),
  );
  const groups = (await m.look()).groups.map(({ ready, wanted, job, workers }) => [
    ready,
    wanted,
    job,
    workers.length,
  ]);
  assert.equal(groups, [
    [1, 1, null, 1],
    [1, 1, null, 1],
  ]);
  await m.end();
});

it('answers each of many verbs that stops come in between of', async () => {
  const m = await started(app({ web: also(ready(), 'count: 2'), job: ready() }));
  const stop = (name: string) => m.control.stop({ names: [name], graceful: false, now: false }, heard);
  const start = (...names: string[]) => m.control.start({ names }, heard);
  const all = await Promise.allSettled([
    restart(m),
    stop('web.1'),
    m.control.reload({ names: [], graceful: false, plan: false }, heard),
    stop('web'),
    start('web'),
    scale(m, { web: 1 }),
    stop('job'),
    start(),
  ]);
  const codes = all.map((one) => (one.status === 'fulfilled' ? 'ok' : one.reason.code));
  assert.equal([codes[1], codes[3], codes[6], codes[7]], ['ok', 'ok', 'ok', 'ok']);
  assert.ok(
    codes.every((code) => code === 'ok' || code === 'E_SUPERSEDED'),
    codes.join(' '),
  );
  assert.equal(
    (await m.look()).groups.map(({ ready, job }) => [ready, job]),
    [
      [1, null],
      [1, null],
    ],
  );
  await m.end();
});

it.run();
