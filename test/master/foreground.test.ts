import { rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scratch, until } from '../system/scratch.js';
import { also, app, endAll, FAILS, heard, master, ready, refusal } from './rig.js';

const it = suite('foreground');
it.after.each(endAll);
const TASK = `{ command: [sh, -c, 'exit 0'], restart: { when: on-failure } }`;
const inFront = { foreground: true };

it('starts by itself, and ends with 0 once every task came to its end', async () => {
  const m = await master(app({ a: TASK, b: also(TASK, 'needs: [a]') }), inFront);
  assert.is(await m.status, 0);
  const ended = m.facts.filter((fact) => fact.kind === 'worker' && fact.phase === 'ended');
  assert.is(ended.length, 2);
});

it('ends with 1 when one gave up', async () => {
  const hopeless = FAILS.replace('from: 10ms', 'from: 10ms, attempts: 2');
  const m = await master(app({ a: TASK, b: hopeless }), inFront);
  assert.is(await m.status, 1);
});

it('stays while anything is up, and while something was only stopped', async () => {
  const m = await master(app({ web: ready(), task: TASK }), inFront);
  await until('both', async () => (await m.worker('web.0'))?.phase === 'ready' && (await m.worker('task.0')));
  await until('the task to end', async () => (await m.worker('task.0'))?.phase === 'ended');
  await m.control.stop({ names: ['web'], graceful: false, now: false }, heard);
  assert.is((await m.look()).groups.length, 2);
  await m.control.start({ names: ['web'] }, heard);
  assert.is((await m.worker('web.0'))?.phase, 'ready');
  assert.is(await m.end(), 0);
});

it('starts only what is named, with what that needs', async () => {
  const groups = { web: also(ready(), 'needs: [db]'), db: ready(), other: ready() };
  const m = await master(app(groups), { foreground: true, names: ['web'] });
  await until('web', async () => (await m.worker('web.0'))?.phase === 'ready');
  assert.equal([await m.worker('other.0'), (await m.worker('db.0'))?.phase], [undefined, 'ready']);
  await m.end();
});

it('goes on trying, lets a reload mend it, and then starts what needs it', async () => {
  const m = await master(app({ web: also(ready(), 'needs: [db]'), db: FAILS }), inFront);
  await until('tries', async () => ((await m.worker('db.0'))?.restarts ?? 0) > 1);
  assert.is(await m.worker('web.0'), undefined);
  m.write(app({ web: also(ready(), 'needs: [db]'), db: ready() }));
  await m.control.reload({ names: ['db'], graceful: false, plan: false }, heard);
  assert.is((await m.worker('db.0'))?.phase, 'ready');
  await until('what needs it', async () => (await m.worker('web.0'))?.phase === 'ready');
  await m.end();
});

it('goes on trying after another verb gave up on it', async () => {
  const flag = join(scratch(), 'down');
  writeFileSync(flag, '');
  const fickle = also(ready(`test ! -e ${flag} || exit 7`), 'restart: { from: 20ms, to: 40ms }');
  const m = await master(app({ web: also(ready(), 'needs: [db]'), db: fickle }), inFront);
  await until('tries', async () => ((await m.worker('db.0'))?.restarts ?? 0) > 1);
  assert.is((await refusal(m.control.start({ names: ['web'] }, heard))).code, 'E_START_FAILED');
  rmSync(flag);
  await until('all', async () => (await m.worker('web.0'))?.phase === 'ready');
  await m.end();
});

it('goes at once when told to while it still tries', async () => {
  const m = await master(app({ web: FAILS }), inFront);
  await until('a try', async () => m.worker('web.0'));
  await m.control.stop({ names: [], graceful: false, now: false }, heard);
  assert.is(await m.status, 0);
});

it('ends with the reason when a socket cannot be had, and leaves nothing behind', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  const m = await master(app({ web: also(ready(), `listen: { http: '127.0.0.1:${port}' }`) }), inFront);
  assert.match((await refusal(m.status)).message, 'another process listens there');
  assert.equal(await m.pids('web'), []);
  server.close();
});

it.run();
