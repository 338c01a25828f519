import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '../../src/config/load.js';
import { runMaster } from '../../src/master/main.js';
import { until } from '../system/scratch.js';
import { app, endAll, heard, master, ready, refusal } from './rig.js';

const it = suite('master');
it.after.each(endAll);
const STUBBORN = `{ command: [sh, -c, 'trap "" TERM; echo up; while :; do sleep 600; done'], ready: { log: up }, stop: { timeout: 60s } }`;

it('is alone: another one of the same app is refused, and touches nothing', async () => {
  const m = await master(app({ web: ready() }));
  await m.control.start({ names: [] }, heard);
  const second = runMaster({
    config: loadConfig(join(m.dir, 'sup.yaml'), {}),
    place: { stateDir: join(m.dir, 'state'), logDir: join(m.dir, 'log'), lock: join(m.dir, 'lock') },
    foreground: false,
    names: [],
    serve: () => {
      throw new Error('it came too far');
    },
  });
  const error = await refusal(second);
  assert.equal(
    [error.code, error.message],
    ['E_ALREADY_RUNS', `shop runs already, with master ${process.pid}`],
  );
  assert.is((await m.worker('web.0'))?.phase, 'ready');
  await m.end();
});

it('stops in an orderly way at the first signal, and at once at the second', async () => {
  const m = await master(app({ web: STUBBORN, other: ready() }));
  await m.control.start({ names: [] }, heard);
  process.kill(process.pid, 'SIGTERM');
  await until('the willing one to go', async () => (await m.worker('other.0'))?.phase === 'idle');
  assert.is((await m.worker('web.0'))?.phase, 'stopping');
  process.kill(process.pid, 'SIGINT');
  assert.is(await m.status, 0);
});

it('outlives its terminal where it is no foreground', async () => {
  const m = await master(app({ web: ready() }));
  await m.control.start({ names: [] }, heard);
  process.kill(process.pid, 'SIGHUP');
  const foreground = await master(app({ job: ready() }), { foreground: true });
  process.kill(process.pid, 'SIGHUP');
  assert.is(await foreground.status, 0);
  assert.is((await m.worker('web.0'))?.phase, 'ready');
  await m.end();
});

it('tells its own begin and end', async () => {
  const m = await master(app({ web: ready() }));
  await m.end();
  const states = m.facts.flatMap((fact) => (fact.kind === 'app' ? [fact.state] : []));
  assert.equal(states, ['started', 'stopping', 'stopped']);
});

it.run();
