import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GroupConfig } from '../../src/config/app.js';
import { applyChanges, type GroupChange, reloadChange } from '../../src/group/changes.js';
import { takeUp } from '../../src/group/members.js';
import { someConfig } from './some-config.js';

const it = suite('group/changes');

const OLD = someConfig({ env: { A: '1', B: '2' }, count: 2 });
const running = (config: GroupConfig = OLD, count = config.count) => ({ config, count });

/** The one change from what runs to this. */
function applied(next: GroupConfig, from = running()): GroupChange {
  const [change, ...more] = applyChanges([from], [next]);
  if (!change || more.length > 0) throw new Error('not one change');
  return change;
}

/** Another value for each key but the name and the count. */
const OTHER: Omit<GroupConfig, 'name' | 'count'> = {
  command: ['node', 'other.js'],
  cwd: '/srv/other',
  env: { A: '1', B: '3' },
  user: 'www-data',
  group: 'www-data',
  umask: 0o22,
  nice: 5,
  limits: { nofile: 1024 },
  listen: [{ name: 'http', kind: 'tcp', host: '127.0.0.1', port: 3000 }],
  ready: { by: 'fd', fd: 4, within: 1000 },
  reload: { by: 'replace', signal: 'SIGHUP', batch: 2 },
  stop: { signal: 'SIGINT', timeout: 500, drain: 0 },
  restart: { ...OLD.restart, attempts: 3 },
  logs: { ...OLD.logs, keep: 9 },
  needs: ['redis'],
};
const BORN_WITH: readonly string[] = 'command cwd env user group umask nice limits listen'.split(' ');
const KEYS = Object.keys(OTHER) as (keyof typeof OTHER)[];
const withOther = (key: keyof typeof OTHER): GroupConfig => ({ ...OLD, [key]: OTHER[key] });

it('apply does nothing to a group that is as it was', () => {
  const next = structuredClone(OLD);
  const change = { group: 'web', does: 'nothing', workers: [], keys: [], count: { from: 2, to: 2 } };
  assert.equal(applied(next), change);
});

it('apply does not care about the order in which a map was written', () => {
  assert.is(applied({ ...OLD, env: { B: '2', A: '1' } }).does, 'nothing');
  const limits = { nofile: 1, core: null };
  const change = applied({ ...OLD, limits: { core: null, nofile: 1 } }, running({ ...OLD, limits }));
  assert.is(change.does, 'nothing');
});

it('apply replaces a group for each key that a process is born with, and names the key', () => {
  for (const key of KEYS.filter((one) => BORN_WITH.includes(one))) {
    const { does, keys, workers } = applied(withOther(key));
    assert.is(does, 'replace', key);
    assert.equal(keys, [key === 'env' ? 'env.B' : key]);
    assert.equal(workers, ['web.0', 'web.1']);
  }
});

it('apply takes every other key up in place, and names the key', () => {
  for (const key of KEYS.filter((one) => !BORN_WITH.includes(one))) {
    const { does, keys, workers } = applied(withOther(key));
    assert.is(does, 'adjust', key);
    assert.equal(keys, [key]);
    assert.equal(workers, []);
  }
});

it('what is taken up is exactly what needs no new life', () => {
  for (const key of KEYS) {
    const next = withOther(key);
    assert.equal(takeUp(OLD, next), BORN_WITH.includes(key) ? OLD : next, key);
  }
  assert.is(takeUp(OLD, { ...OLD, count: 7 }).count, 7);
});

it('apply names variables that came, went or changed, and never their values', () => {
  const { keys } = applied({ ...OLD, env: { B: '3', C: 'secret' } });
  assert.equal(keys, ['env.A', 'env.B', 'env.C']);
});

it('apply starts or stops only the difference in count', () => {
  const more = applied({ ...OLD, count: 4 });
  assert.is(more.does, 'scale');
  assert.equal(more.workers, ['web.2', 'web.3']);
  assert.equal(more.count, { from: 2, to: 4 });
  const less = applied({ ...OLD, count: 1 });
  assert.is(less.does, 'scale');
  assert.equal(less.workers, ['web.1']);
  assert.equal(less.keys, ['count']);
});

it('apply brings a count that was scaled by hand back to that of the file', () => {
  const change = applied(OLD, running(OLD, 5));
  assert.is(change.does, 'scale');
  assert.equal(change.workers, ['web.2', 'web.3', 'web.4']);
});

it('apply that replaces names all workers of the new count', () => {
  const { does, workers, keys } = applied({ ...OLD, count: 3, cwd: '/srv/other' });
  assert.is(does, 'replace');
  assert.equal(workers, ['web.0', 'web.1', 'web.2']);
  assert.equal(keys, ['cwd', 'count']);
});

it('apply adds what is new, and removes what is gone', () => {
  const api = someConfig({ name: 'api', count: 1 });
  assert.equal(applyChanges([running()], [api]), [
    { group: 'api', does: 'add', workers: ['api.0'], keys: [], count: { from: 0, to: 1 } },
    { group: 'web', does: 'remove', workers: ['web.0', 'web.1'], keys: [], count: { from: 2, to: 0 } },
  ]);
});

it('reload replaces every worker, also where nothing differs', () => {
  const change = {
    group: 'web',
    does: 'replace',
    workers: ['web.0', 'web.1'],
    keys: [],
    count: { from: 2, to: 2 },
  };
  assert.equal(reloadChange(running(), structuredClone(OLD), null), change);
});

it('reload by signal replaces only what a process is born with', () => {
  const old = { ...OLD, reload: { by: 'signal', signal: 'SIGUSR1', batch: 1 } } as const;
  assert.is(reloadChange(running(old), { ...old, needs: ['redis'] }, null).does, 'signal');
  assert.is(reloadChange(running(old), { ...old, cwd: '/srv/other' }, null).does, 'replace');
});

it('reload of some slots names only those, and keeps the count', () => {
  const { workers, count } = reloadChange(running(), { ...OLD, count: 5 }, [1]);
  assert.equal(workers, ['web.1']);
  assert.equal(count, { from: 2, to: 2 });
});

it('reload keeps a count that was scaled by hand, unless the file has another one than before', () => {
  assert.is(reloadChange(running(OLD, 5), OLD, null).count.to, 5);
  assert.is(reloadChange(running(OLD, 5), { ...OLD, count: 3 }, null).count.to, 3);
});

it.run();
