import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EXAMPLE } from '../../src/config/docs-prose.js';
import { ConfigInvalid, ConfigMissing } from '../../src/config/errors.js';
import { loadConfig } from '../../src/config/load.js';
import { cpuCount } from '../../src/system/machine.js';
import { inAppFolder } from './app-folder.js';
import { load, web } from './loaded.js';

const it = suite('load');
const PATH = '/usr/bin:/bin';

it('fills in every default', () => {
  const config = load('workers:\n  web: sh -c true\n');
  const { dir } = config;
  assert.equal(config, {
    name: 'shop',
    file: join(dir, 'sup.yaml'),
    dir,
    groups: [
      {
        name: 'web',
        command: ['sh', '-c', 'true'],
        count: 1,
        cwd: dir,
        env: {},
        user: null,
        group: null,
        umask: null,
        nice: null,
        limits: {},
        listen: [],
        ready: { by: 'after', wait: 1000, within: 30_000 },
        reload: { by: 'replace', signal: 'SIGHUP', batch: 1 },
        stop: { signal: 'SIGTERM', timeout: 10_000, drain: 3000 },
        restart: { when: 'always', codes: [0], from: 100, to: 30_000, stable: 10_000, attempts: null },
        logs: { rotate: 50 * 1024 ** 2, every: null, keep: 10, compress: true },
        needs: [],
      },
    ],
  });
});

it('loads the example of the docs', () => {
  const fake = '#!/bin/sh\n';
  const path = { PATH: 'bin' };
  const config = load(EXAMPLE, { 'bin/node': fake }, path);
  assert.equal(
    config.groups.map(({ name, count }) => [name, count]),
    [
      ['web', cpuCount()],
      ['mailer', 1],
      ['clock', 1],
    ],
  );
  assert.equal(config.groups[0]?.env, { NODE_ENV: 'production', DATABASE: 'postgres://localhost/shop' });
  assert.equal(
    config.groups.map(({ logs }) => logs.rotate),
    [20, 20, 20].map((size) => size * 1024 ** 2),
  );
});

it('reads every key', () => {
  const group = web(
    [
      'shell: false',
      'count: 3',
      'cwd: server',
      'env: { A: 1.10, B: yes, C: "" }',
      'user: root',
      'group: "0"',
      'umask: 027',
      'nice: -5',
      'limits: { nofile: 65536, core: 0, memlock: unlimited, as: 4G }',
      'reload: { by: signal, signal: usr1, batch: 2 }',
      'stop: { signal: INT, timeout: 1.5m, drain: 0s }',
      'restart: { when: on-failure, codes: [0, 3], from: 1s, to: 1h, stable: 0s, attempts: 5 }',
      'logs: { rotate: 64K, every: 1d, keep: 0, compress: false }',
    ],
    { 'server/x': '' },
  );
  assert.equal(group.env, { A: '1.10', B: 'yes', C: '' });
  assert.equal([group.user, group.group, group.umask, group.nice, group.count], ['root', '0', 0o27, -5, 3]);
  assert.equal(group.limits, { nofile: 65536, core: 0, memlock: null, as: 4 * 1024 ** 3 });
  assert.equal(group.reload, { by: 'signal', signal: 'SIGUSR1', batch: 2 });
  assert.equal(group.stop, { signal: 'SIGINT', timeout: 90_000, drain: 0 });
  assert.equal(group.restart, {
    when: 'on-failure',
    codes: [0, 3],
    from: 1000,
    to: 3_600_000,
    stable: 0,
    attempts: 5,
  });
  assert.equal(group.logs, { rotate: 65536, every: 86_400_000, keep: 0, compress: false });
  assert.match(group.cwd, /\/shop\/server$/);
});

it('takes one word for the map whose most telling key it is', () => {
  const group = web(['restart: never', 'reload: signal', 'needs: []']);
  assert.is(group.restart.when, 'never');
  assert.is(group.reload.by, 'signal');
});

it('merges envFile and env, the later over the earlier, without filling in variables of the files', () => {
  const files = { '.env': `A=1\nB=2\nC=\${HOME}\n`, 'more.env': 'B=3\nD=4\n' };
  const { env } = web(['envFile: [.env, more.env]', 'env: { D: 5 }'], files);
  assert.equal(env, { A: '1', B: '3', C: `\${HOME}`, D: '5' });
});

it('understands anchors, aliases and merge keys', () => {
  const text = [
    'workers:',
    '  a: &base',
    '    command: sh',
    '    count: 2',
    '    stop: &stop { timeout: 1s }',
    '  b:',
    '    <<: *base',
    '    count: 3',
    '  c: { command: sh, stop: *stop }',
  ];
  const { groups } = load(text.join('\n'));
  assert.equal(
    groups.map(({ count, stop }) => [count, stop.timeout]),
    [
      [2, 1000],
      [3, 1000],
      [1, 1000],
    ],
  );
});

it('calls an app by its folder in the letters that a name may have', () => {
  const name = inAppFolder(
    { 'My  Shop_2!/sup.yaml': 'workers: { a: sh }' },
    (dir) => loadConfig(join(dir, 'My  Shop_2!/sup.yaml'), { PATH }).name,
  );
  assert.is(name, 'my-shop-2');
});

it('throws all problems in one error', () => {
  inAppFolder({ 'sup.yaml': 'workers:\n  web: { command: sh, cuont: 4, nice: x }\n' }, (dir) => {
    try {
      loadConfig(join(dir, 'sup.yaml'), { PATH });
      assert.unreachable();
    } catch (error) {
      if (!(error instanceof ConfigInvalid)) throw error;
      assert.equal([error.code, error.exitCode, error.file], ['E_CONFIG_INVALID', 2, join(dir, 'sup.yaml')]);
      assert.equal(
        error.problems.map(({ key }) => key),
        ['workers.web.cuont', 'workers.web.nice'],
      );
      const [first = '', second = ''] = error.message.split('\n');
      assert.is(first, 'sup.yaml:2:23 workers.web.cuont: unknown key, did you mean count?');
      assert.match(second, /^sup\.yaml:2:39 /);
    }
  });
});

it('says that there is no file, or that it is no file', () => {
  inAppFolder({}, (dir) => {
    const missing = (path: string, message: RegExp) => {
      assert.throws(
        () => loadConfig(path, {}),
        (error: unknown) => error instanceof ConfigMissing && message.test(error.message),
      );
    };
    missing(join(dir, 'sup.yaml'), /sup\.yaml does not exist$/);
    missing(dir, /shop is a folder$/);
  });
});

it.run();
