import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../system/scratch.js';
import { also, app, endAll, heard, master, ready, refusal } from './rig.js';

const it = suite('status');
it.after.each(endAll);

it('says who it is', async () => {
  const m = await master(app({ web: ready() }));
  const hello = await m.control.hello({}, heard);
  assert.equal([hello.app, hello.pid, hello.protocol], ['shop', process.pid, 1]);
  assert.equal([hello.file, hello.logDir], [`${m.dir}/sup.yaml`, `${m.dir}/log`]);
  await m.end();
});

it('shows groups that were never started, without workers', async () => {
  const m = await master(app({ web: also(ready(), 'count: 2') }));
  const { groups, config, lostLogBytes } = await m.look();
  assert.equal(groups, [{ group: 'web', wanted: 2, ready: 0, listen: [], job: null, workers: [] }]);
  assert.equal([config, lostLogBytes], ['same', 0]);
  await m.end();
});

it('shows each worker with its process, its use of the machine, and its last end', async () => {
  const m = await master(app({ web: also(ready('echo oops >&2'), 'count: 2'), job: ready() }));
  await m.control.start({ names: [] }, heard);
  await m.control.signal({ names: ['web.1'], signal: 'SIGKILL' }, heard);
  const worker = await until('a second life', async () => {
    const found = await m.worker('web.1');
    return found?.phase === 'ready' && found.restarts === 1 && found;
  });
  assert.ok((worker.memory ?? 0) > 0 && (worker.pid ?? 0) > 1 && (worker.uptime ?? -1) >= 0);
  assert.equal(
    [worker.last?.reason, worker.last?.signal, worker.last?.tail],
    ['SIGKILL', 'SIGKILL', ['oops']],
  );
  const { groups } = await m.control.status({ names: ['web.1', 'job'] }, heard);
  assert.equal(
    groups.map(({ workers }) => workers.map((one) => one.worker)),
    [['web.1'], ['job.0']],
  );
  assert.is((await refusal(m.control.status({ names: ['x'] }, heard))).message, 'there is no group x');
  await m.end();
});

it('shows the command under way, and its newcomer', async () => {
  const m = await master(app({ web: ready() }));
  await m.control.start({ names: [] }, heard);
  m.write(app({ web: `{ command: [sleep, '600'], ready: { log: never } }` }));
  const reloading = refusal(m.control.reload({ names: [], graceful: false, plan: false }, heard));
  const group = await until('a newcomer', async () => {
    const [found] = (await m.look()).groups;
    return found?.workers.some(({ part }) => part === 'newcomer') && found;
  });
  assert.equal(
    [group.job, group.ready, group.workers.map(({ worker }) => worker)],
    ['reload', 1, ['web.0', 'web.0']],
  );
  await m.end();
  await reloading;
});

it.run();
