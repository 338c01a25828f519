import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DetailedError } from '../../../src/errors/detailed-error.js';
import { isAlive } from '../../../src/system/processes.js';
import { scratch, until } from '../../system/scratch.js';
import {
  allGone,
  also,
  app,
  endAll,
  FAILS,
  heard,
  identities,
  type Master,
  master,
  ready,
  refusal,
} from '../rig.js';

const it = suite('start and stop');
it.after.each(endAll);

const start = ({ control }: Master, ...names: string[]) => control.start({ names }, heard);
const stop = ({ control }: Master, ...names: string[]) =>
  control.stop({ names, graceful: false, now: false }, heard);

it('starts all that is missing, and says what ran already', async () => {
  const m = await master(app({ web: also(ready(), 'count: 2'), job: ready() }));
  const first = await start(m, 'web.0');
  assert.equal([first.started, first.already], [['web.0'], []]);
  const [pid] = await m.pids('web');
  const rest = await start(m);
  assert.equal([rest.started.toSorted(), rest.already], [['job.0', 'web.1'], ['web.0']]);
  assert.equal((await m.worker('web.0'))?.pid, pid);
  const again = await start(m);
  assert.equal([again.started, again.already.length], [[], 3]);
  await m.end();
});

it('starts what is needed first, and stops it last', async () => {
  const m = await master(app({ web: also(ready(), 'needs: [db]'), db: ready('sleep 0.1') }));
  await start(m, 'web');
  await stop(m);
  const order = m.facts.flatMap((fact) => (fact.kind === 'worker' ? [`${fact.worker} ${fact.phase}`] : []));
  const at = (what: string) => order.indexOf(what);
  assert.ok(at('db.0 ready') < at('web.0 starting'), order.join('\n'));
  assert.ok(at('web.0 idle') < at('db.0 stopping'), order.join('\n'));
  assert.is(await m.status, 0);
});

it('tells of a life that begins with its pid', async () => {
  const m = await master(app({ web: ready() }));
  await start(m);
  const fact = m.facts.find((one) => one.kind === 'worker' && one.phase === 'starting');
  assert.equal(fact?.kind === 'worker' && [fact.pid], await m.pids('web'));
  await m.end();
});

it('stops at once what it began when one fails, with the reason and the last words', async () => {
  const m = await master(app({ good: ready(), bad: FAILS }));
  const error = await refusal(start(m));
  assert.is(error.code, 'E_START_FAILED');
  assert.match(error.message, 'start failed: bad.0 ended: exit 3 before it was ready\n  | no luck');
  assert.equal(error instanceof DetailedError && error.detail, {
    worker: 'bad.0',
    reason: 'ended: exit 3 before it was ready',
    tail: ['no luck'],
  });
  assert.equal([await m.pids('good'), await m.pids('bad')], [[], []]);
  await m.end();
});

it('leaves alone what ran before when one fails, also workers that were not named', async () => {
  const flag = join(scratch(), 'bad');
  const m = await master(app({ web: also(ready(`test ! -e ${flag} || exit 4`), 'count: 2'), db: ready() }));
  await start(m, 'web.0', 'db');
  const before = [...(await m.pids('web')), ...(await m.pids('db'))];
  writeFileSync(flag, '');
  const error = await refusal(start(m, 'web.1'));
  assert.match(error.message, 'web.1 ended: exit 4');
  assert.equal([...(await m.pids('web')), ...(await m.pids('db'))], before);
  rmSync(flag);
  assert.equal((await start(m)).started, ['web.1']);
  await m.end();
});

it('keeps up what was between two tries before a start that failed', async () => {
  const flag = join(scratch(), 'up');
  writeFileSync(flag, '');
  const fickle = `{ command: [sh, -c, 'test -e ${flag} || exit 5; echo up; exec sleep 600'], ready: { log: up }, restart: { from: 50ms, to: 60s } }`;
  const m = await master(app({ fickle, bad: FAILS }));
  await start(m, 'fickle');
  rmSync(flag);
  await m.control.signal({ names: ['fickle'], signal: 'SIGKILL' }, heard);
  await until('it to be between two tries', async () => (await m.worker('fickle.0'))?.phase === 'waiting');
  assert.is((await refusal(start(m))).code, 'E_START_FAILED');
  writeFileSync(flag, '');
  await until('it to be up again', async () => (await m.worker('fickle.0'))?.phase === 'ready');
  await m.end();
});

it('says why a program cannot be run at all', async () => {
  const m = await master(app({ web: ready() }));
  const folder = join(m.dir, 'gone');
  mkdirSync(folder);
  m.write(app({ web: also(ready(), `cwd: ${folder}`) }));
  await m.control.apply({ plan: false }, heard);
  rmSync(folder, { recursive: true });
  const error = await refusal(start(m));
  assert.match(error.message, `web.0 ended: cannot run: the working folder ${folder} does not exist`);
  await m.end();
});

it('does not hang on a program that cannot be run and is stable at once', async () => {
  const m = await master(app({ web: also(ready(), 'restart: { stable: 0s }') }));
  await start(m);
  rmSync(join(m.dir, 'state', 'fifo'), { recursive: true });
  await m.control.signal({ names: ['web'], signal: 'SIGKILL' }, heard);
  const worker = await until('a next try', async () => {
    const found = await m.worker('web.0');
    return found?.phase === 'waiting' && found;
  });
  assert.match(worker.last?.reason ?? '', /cannot run: .*ENOENT/);
  mkdirSync(join(m.dir, 'state', 'fifo'), { mode: 0o700 });
  await until('it to be up again', async () => (await m.worker('web.0'))?.phase === 'ready');
  await m.end();
});

it('names what it does not know, and starts nothing', async () => {
  const m = await master(app({ web: ready() }));
  assert.is((await refusal(start(m, 'web', 'wob'))).message, 'there is no group wob, did you mean web?');
  assert.is((await refusal(stop(m, 'web.4'))).message, 'there is no worker web.4: web has 0');
  assert.equal(await m.pids('web'), []);
  await m.end();
});

it('stops what is named, and stays; without names it ends, with the sockets', async () => {
  const path = join(scratch(), 'web.sock');
  const m = await master(
    app({ web: also(ready(), `count: 2, listen: { http: 'unix:${path}' }`), job: ready() }),
  );
  await start(m);
  const all = identities([...(await m.pids('web')), ...(await m.pids('job'))]);
  assert.equal(await stop(m, 'web.1'), { stopped: ['web.1'], masterEnds: false });
  assert.equal((await m.worker('web.1'))?.phase, 'idle');
  assert.ok(existsSync(path));
  const { stopped, masterEnds } = await stop(m);
  assert.equal([stopped.toSorted(), masterEnds], [['job.0', 'web.0'], true]);
  assert.not(all.some(isAlive));
  assert.is(await m.status, 0);
  assert.not(existsSync(path));
});

it('kills at once what does not go when that is wanted, also while a patient stop waits', async () => {
  const stubborn = `{ command: [sh, -c, 'trap "" TERM; echo up; while :; do sleep 600; done'], ready: { log: up } }`;
  const m = await master(app({ web: stubborn }));
  await start(m);
  const ids = identities(await m.pids('web'));
  const patient = m.control.stop({ names: [], graceful: true, now: false }, heard);
  await until('it to be stopping', async () => (await m.worker('web.0'))?.phase === 'stopping');
  await m.control.stop({ names: [], graceful: false, now: true }, heard);
  assert.equal((await patient).stopped, ['web.0']);
  await allGone(ids);
  assert.is(await m.status, 0);
});

it('ends a start that is under way, and every verb that waits, when all is stopped', async () => {
  const slow = `{ command: [sleep, '600'], ready: { log: never } }`;
  const m = await master(app({ web: slow, db: ready() }));
  const verbs = [
    refusal(start(m)),
    refusal(m.control.restart({ names: ['web'], graceful: false }, heard)),
    refusal(m.control.reload({ names: [], graceful: false, plan: false }, heard)),
    refusal(m.control.apply({ plan: false }, heard)),
    refusal(m.control.scale({ counts: { web: 3 } }, heard)),
  ];
  await until('both to be on their way', async () => (await m.pids('web')).length === 1);
  await stop(m);
  const codes = (await Promise.all(verbs)).map(({ code }) => code);
  assert.equal(
    codes,
    codes.map(() => 'E_SUPERSEDED'),
  );
  assert.is((await refusal(start(m))).code, 'E_SUPERSEDED');
  assert.is(await m.status, 0);
});

it('ends a start when a group of it is stopped, and leaves the others', async () => {
  const slow = `{ command: [sleep, '600'], ready: { log: never } }`;
  const m = await master(app({ web: slow, db: ready() }));
  const starting = refusal(start(m));
  await until('db to be up', async () => (await m.worker('db.0'))?.phase === 'ready');
  assert.equal((await stop(m, 'web')).stopped, ['web.0']);
  assert.is((await starting).code, 'E_SUPERSEDED');
  assert.is((await m.worker('db.0'))?.phase, 'ready');
  await m.end();
});

it('binds all sockets before it starts anything, or starts nothing', async () => {
  const folder = scratch();
  const [good, bad] = [join(folder, 'good.sock'), join(folder, 'none', 'bad.sock')];
  const m = await master(
    app({
      db: ready(),
      web: also(ready(), `needs: [db], listen: { a: 'unix:${good}', b: 'unix:${bad}' }`),
    }),
  );
  const error = await refusal(start(m));
  assert.equal(
    [error.code, error.message],
    ['E_START_FAILED', `cannot listen on ${bad}: the folder ${join(folder, 'none')} does not exist`],
  );
  assert.not(existsSync(good));
  assert.equal(await m.pids('db'), []);
  await m.end();
});

it.run();
