import { existsSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isAlive } from '../../../src/system/processes.js';
import { freePort } from '../../support/free-port.js';
import { scratch, until } from '../../system/scratch.js';
import { also, app, endAll, FAILS, heard, identities, type Master, master, ready, refusal } from '../rig.js';

const it = suite('reload and apply');
it.after.each(endAll);

const reload = ({ control }: Master, ...names: string[]) =>
  control.reload({ names, graceful: false, plan: false }, heard);
const apply = ({ control }: Master) => control.apply({ plan: false }, heard);
const state = async (m: Master) => (await m.look()).config;

async function started(yaml: string): Promise<Master> {
  const m = await master(yaml);
  await m.control.start({ names: [] }, heard);
  return m;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port }, () => resolve(!!socket.destroy()));
    socket.on('error', () => resolve(false));
  });

it('replaces every life, and takes up what the file says now', async () => {
  const m = await started(app({ web: also(ready('echo one'), 'count: 2') }));
  const old = identities(await m.pids('web'));
  m.write(app({ web: also(ready('echo two'), 'count: 3') }));
  assert.is(await state(m), 'changed');
  const { changes } = await reload(m);
  assert.equal(
    changes.map(({ does, keys, count }) => ({ does, keys, count })),
    [{ does: 'replace', keys: ['command'], count: { from: 2, to: 3 } }],
  );
  assert.not(old.some(isAlive));
  assert.is((await m.pids('web')).length, 3);
  assert.match(m.log('web.0'), 'two');
  assert.is(await state(m), 'same');
  await m.end();
});

it('touches nothing when the file is invalid, of another app, or gone', async () => {
  const m = await started(app({ web: ready() }));
  const pids = await m.pids('web');
  m.write('workers: { web: { comand: x } }');
  assert.is((await refusal(reload(m))).code, 'E_CONFIG_INVALID');
  assert.is(await state(m), 'invalid');
  m.write(app({ web: ready() }).replace('shop', 'other'));
  const other = await refusal(apply(m));
  assert.match(other.message, 'name is other now, but shop runs');
  assert.is(await state(m), 'invalid');
  assert.equal(await m.pids('web'), pids);
  await m.end();
});

it('keeps the old lives when a new one fails, and says why', async () => {
  const m = await started(app({ web: also(ready(), 'count: 2') }));
  const pids = await m.pids('web');
  m.write(app({ web: also(FAILS, 'count: 2') }));
  const error = await refusal(reload(m));
  assert.is(error.code, 'E_RELOAD_REFUSED');
  assert.match(error.message, 'reload refused: web.0 ended: exit 3 before it was ready\n  | no luck');
  assert.equal(await m.pids('web'), pids);
  assert.is(await state(m), 'changed');
  m.write(app({ web: also(ready(), 'count: 2') }));
  assert.is(await state(m), 'same');
  await m.end();
});

it('calls the config the same once every group was reloaded, one by one', async () => {
  const m = await started(app({ web: ready('echo 1'), job: ready('echo 1') }));
  m.write(app({ web: ready('echo 2'), job: ready('echo 2') }));
  await reload(m, 'web');
  assert.is(await state(m), 'changed');
  await reload(m, 'job');
  assert.is(await state(m), 'same');
  await m.end();
});

it('calls the config changed while some workers of a group run the old one, and apply mends that', async () => {
  const m = await started(app({ web: also(ready('echo 1'), 'count: 2') }));
  m.write(app({ web: also(ready('echo 2'), 'count: 2') }));
  await reload(m, 'web.0');
  assert.is(await state(m), 'changed');
  const { changes } = await apply(m);
  assert.equal(
    changes.map(({ does }) => does),
    ['replace'],
  );
  assert.is(await state(m), 'same');
  await m.end();
});

it('calls the config the same when only its text is another one', async () => {
  const yaml = app({ web: ready() });
  const m = await started(yaml);
  m.write(`# a remark\n${yaml}`);
  assert.is(await state(m), 'same');
  await m.end();
});

it('binds a new socket before the new lives, and closes the old one after', async () => {
  const [before, next] = [await freePort(), await freePort()];
  const on = (port: number) => app({ web: also(ready(), `listen: { http: '127.0.0.1:${port}' }`) });
  const m = await started(on(before));
  assert.ok(await listens(before));
  m.write(on(next));
  await reload(m);
  assert.equal([await listens(before), await listens(next)], [false, true]);
  assert.equal((await m.look()).groups[0]?.listen, [`127.0.0.1:${next}`]);
  await m.end();
  assert.not(await listens(next));
});

it('closes the new socket again when the reload is refused', async () => {
  const [before, next] = [await freePort(), await freePort()];
  const m = await started(app({ web: also(ready(), `listen: { http: '127.0.0.1:${before}' }`) }));
  m.write(app({ web: also(FAILS, `listen: { http: '127.0.0.1:${next}' }`) }));
  assert.is((await refusal(reload(m))).code, 'E_RELOAD_REFUSED');
  assert.equal([await listens(before), await listens(next)], [true, false]);
  await m.end();
});

it('closes the new socket again when a stop ends the reload', async () => {
  const folder = scratch();
  const at = (name: string) => join(folder, name);
  const m = await started(app({ web: also(ready(), `listen: { http: 'unix:${at('old')}' }`) }));
  const slow = `{ command: [sleep, '600'], ready: { log: never } }`;
  m.write(app({ web: also(slow, `listen: { http: 'unix:${at('new')}' }`) }));
  const reloading = refusal(reload(m));
  await until('the newcomer', () => existsSync(at('new')));
  await m.control.stop({ names: ['web'], graceful: false, now: false }, heard);
  assert.is((await reloading).code, 'E_SUPERSEDED');
  assert.equal([existsSync(at('old')), existsSync(at('new'))], [true, false]);
  await m.end();
});

it('refuses a reload whose socket cannot be had, and touches nothing', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  const m = await started(app({ web: ready() }));
  const pids = await m.pids('web');
  m.write(app({ web: also(ready(), `listen: { http: '127.0.0.1:${port}' }`) }));
  const error = await refusal(reload(m));
  assert.equal(
    [error.code, error.message],
    ['E_RELOAD_REFUSED', `cannot listen on 127.0.0.1:${port}: another process listens there`],
  );
  m.write(app({ web: ready(), extra: also(ready(), `listen: { http: '127.0.0.1:${port}' }`) }));
  assert.is((await refusal(apply(m))).code, 'E_RELOAD_REFUSED');
  assert.equal([await m.pids('web'), await m.pids('extra')], [pids, []]);
  server.close();
  await m.end();
});

it('reloads workers by name, and leaves the others', async () => {
  const m = await started(app({ web: also(ready(), 'count: 2'), job: ready() }));
  const [first, second] = await m.pids('web');
  const { changes } = await reload(m, 'web.1');
  assert.equal(
    changes.flatMap(({ workers }) => workers),
    ['web.1'],
  );
  const after = await m.pids('web');
  assert.is(after[0], first);
  assert.is.not(after[1], second);
  await m.end();
});

it('plans without touching anything', async () => {
  const m = await started(app({ web: ready('echo 1') }));
  const pids = await m.pids('web');
  m.write(app({ web: ready('echo 2'), job: ready() }));
  const planned = await m.control.apply({ plan: true }, heard);
  assert.equal(
    planned.changes.map(({ group, does }) => `${does} ${group}`),
    ['replace web', 'add job'],
  );
  const reloaded = await m.control.reload({ names: [], graceful: false, plan: true }, heard);
  assert.equal(
    reloaded.changes.map(({ group, does }) => `${does} ${group}`),
    ['replace web'],
  );
  assert.equal([await m.pids('web'), await state(m)], [pids, 'changed']);
  await m.end();
});

it('applies what differs only: adds, removes, adjusts, scales, and leaves the rest', async () => {
  const m = await started(app({ stays: ready(), goes: ready(), tuned: ready(), more: ready() }));
  const [stays, tuned, more] = [await m.pids('stays'), await m.pids('tuned'), await m.pids('more')];
  const goes = identities(await m.pids('goes'));
  m.write(
    app({
      stays: ready(),
      tuned: also(ready(), 'stop: { timeout: 3s }'),
      more: also(ready(), 'count: 2'),
      comes: also(ready(), 'needs: [stays]'),
    }),
  );
  const { changes } = await apply(m);
  assert.equal(changes.map(({ group, does }) => `${does} ${group}`).toSorted(), [
    'add comes',
    'adjust tuned',
    'nothing stays',
    'remove goes',
    'scale more',
  ]);
  assert.equal([await m.pids('stays'), await m.pids('tuned')], [stays, tuned]);
  assert.equal((await m.pids('more')).slice(0, 1), more);
  assert.equal([(await m.pids('more')).length, (await m.pids('comes')).length], [2, 1]);
  assert.not(goes.some(isAlive));
  assert.equal(
    (await m.look()).groups.map(({ group }) => group),
    ['stays', 'tuned', 'more', 'comes'],
  );
  assert.is(await state(m), 'same');
  assert.equal(
    (await apply(m)).changes.filter(({ does }) => does !== 'nothing'),
    [],
  );
  await m.end();
});

it('forgets a group that it could not add, and adds it once that is mended', async () => {
  const m = await started(app({ web: ready() }));
  const path = join(scratch(), 'new.sock');
  m.write(app({ web: ready(), job: also(FAILS, `listen: { http: 'unix:${path}' }`) }));
  const error = await refusal(apply(m));
  assert.equal(
    [error.code, error.message.split('\n')[0]],
    ['E_RELOAD_REFUSED', 'apply refused: job.0 ended: exit 3 before it was ready'],
  );
  assert.equal(
    (await m.look()).groups.map(({ group }) => group),
    ['web'],
  );
  assert.not(existsSync(path));
  m.write(app({ web: ready(), job: ready() }));
  await apply(m);
  assert.is((await m.worker('job.0'))?.phase, 'ready');
  await m.end();
});

it('goes on counting lives when a group comes back', async () => {
  const both = app({ web: ready(), job: ready() });
  const m = await started(both);
  m.write(app({ web: ready() }));
  await apply(m);
  m.write(both);
  await apply(m);
  assert.is((await m.worker('job.0'))?.life, 2);
  await m.end();
});

it('leaves what is gone from the file to apply', async () => {
  const m = await started(app({ web: ready(), job: ready() }));
  const pids = await m.pids('job');
  m.write(app({ web: ready() }));
  const { changes } = await reload(m);
  assert.equal(
    changes.map(({ group }) => group),
    ['web'],
  );
  assert.equal([await m.pids('job'), await state(m)], [pids, 'changed']);
  const error = await refusal(reload(m, 'job'));
  assert.match(error.message, /^job is not in .*sup\.yaml any more$/);
  await m.end();
});

it('signals where the program reloads itself, and keeps its process', async () => {
  const own = `{ command: [sh, -c, 'trap "echo again" HUP; echo up; while :; do sleep 0.05; done'], ready: { log: up }, reload: { by: signal, signal: SIGHUP } }`;
  const m = await started(app({ web: own }));
  const pids = await m.pids('web');
  const { changes } = await reload(m);
  assert.equal(
    changes.map(({ does }) => does),
    ['signal'],
  );
  assert.equal(await m.pids('web'), pids);
  await until('its word', () => m.log('web.0').includes('again'));
  await m.end();
});

it('ends in time when all is stopped in the middle of an apply that removes groups', async () => {
  const lasting = `{ command: [sh, -c, 'trap "sleep 0.3; exit" TERM; echo up; while :; do sleep 0.05; done'], ready: { log: up } }`;
  const m = await started(app({ web: also(lasting, 'needs: [a, b]'), a: lasting, b: ready() }));
  m.write(app({ other: ready() }));
  const applying = refusal(apply(m));
  await until('it to be stopping', async () => (await m.worker('web.0'))?.phase !== 'ready');
  await m.control.stop({ names: [], graceful: false, now: false }, heard);
  assert.is((await applying).code, 'E_SUPERSEDED');
  assert.is(await m.status, 0);
});

it.run();
