import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GroupConfig } from '../../src/config/app.js';
import { environmentOf } from '../../src/master/environment.js';
import { someConfig } from '../group/some-config.js';

const it = suite('environment');

const LISTEN: GroupConfig['listen'] = [
  { name: 'http', kind: 'tcp', host: '127.0.0.1', port: 3000 },
  { name: 'admin', kind: 'unix', path: '/run/admin.sock', mode: 0o660, user: null, group: null },
];

const of = (
  inherited: Record<string, string>,
  config: Partial<GroupConfig> = {},
  preload = '/opt/sup/preload.cjs',
) => environmentOf(inherited, { app: 'shop', slot: 2, config: someConfig(config), user: null, preload });

it('is what the master has, and who the worker is', () => {
  assert.equal(of({ PATH: '/bin', LANG: 'C' }), {
    PATH: '/bin',
    LANG: 'C',
    SUP_APP: 'shop',
    SUP_GROUP: 'web',
    SUP_WORKER: '2',
  });
});

it('drops what was meant for the master itself', () => {
  const meant = {
    LISTEN_PID: '1',
    LISTEN_FDS: '1',
    LISTEN_FDNAMES: 'x',
    NOTIFY_SOCKET: '/run/n',
    WATCHDOG_PID: '1',
    WATCHDOG_USEC: '1',
    NODE_CHANNEL_FD: '3',
    NODE_CHANNEL_SERIALIZATION_MODE: 'json',
    SUP_SOCKETS: '100=tcp:x',
    SUP_WHATEVER: 'x',
  };
  assert.equal(Object.keys(of(meant)), ['SUP_APP', 'SUP_GROUP', 'SUP_WORKER']);
});

it('keeps what only looks alike', () => {
  const env = of({ LISTEN_PORT: '1', SUPPER: 'x', NOTIFY_SOCKET_X: 'y', NODE_OPTIONS: '--x' });
  assert.equal(
    [env['LISTEN_PORT'], env['SUPPER'], env['NOTIFY_SOCKET_X'], env['NODE_OPTIONS']],
    ['1', 'x', 'y', '--x'],
  );
});

it('lets the config win over the master, and nothing over who the worker is', () => {
  const env = of({ A: 'old', B: 'b' }, { env: { A: 'new', SUP_APP: 'other', NOTIFY_SOCKET: '/own' } });
  assert.equal([env['A'], env['B'], env['SUP_APP'], env['NOTIFY_SOCKET']], ['new', 'b', 'shop', '/own']);
});

it('has the home and the names of another user, unless the config says otherwise', () => {
  const user = { uid: 33, gid: 33, name: 'www-data', home: '/var/www' };
  const config = someConfig({ env: { HOME: '/tmp' } });
  const env = environmentOf(
    { HOME: '/root', USER: 'root', LOGNAME: 'root' },
    {
      app: 'shop',
      slot: 0,
      config,
      user,
      preload: '/p',
    },
  );
  assert.equal([env['HOME'], env['USER'], env['LOGNAME']], ['/tmp', 'www-data', 'www-data']);
});

it('names the sockets in their order', () => {
  const env = of({}, { listen: LISTEN, stop: { signal: 'SIGTERM', timeout: 500, drain: 250 } });
  assert.is(env['LISTEN_FDS'], '2');
  assert.is(env['LISTEN_FDNAMES'], 'http:admin');
  assert.is(env['SUP_SOCKETS'], '100=tcp:127.0.0.1:3000,101=unix:/run/admin.sock');
  assert.is(env['SUP_DRAIN'], '250');
  assert.is(env['NODE_OPTIONS'], '--require=/opt/sup/preload.cjs');
});

it('adds to the NODE_OPTIONS that there are: of the config, else of the master', () => {
  const own = of({ NODE_OPTIONS: '--inspect' }, { listen: LISTEN });
  assert.is(own['NODE_OPTIONS'], '--inspect --require=/opt/sup/preload.cjs');
  const set = of(
    { NODE_OPTIONS: '--inspect' },
    { listen: LISTEN, env: { NODE_OPTIONS: '--trace-warnings' } },
  );
  assert.is(set['NODE_OPTIONS'], '--trace-warnings --require=/opt/sup/preload.cjs');
  const emptied = of({ NODE_OPTIONS: '--inspect' }, { listen: LISTEN, env: { NODE_OPTIONS: '' } });
  assert.is(emptied['NODE_OPTIONS'], '--require=/opt/sup/preload.cjs');
});

it('quotes the preload as Node understands it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sup a "b\\c-'));
  try {
    const preload = join(folder, 'pre load.cjs');
    writeFileSync(preload, 'process.stdout.write("loaded")');
    const { NODE_OPTIONS = '' } = of({}, { listen: LISTEN }, preload);
    const env = { PATH: process.env['PATH'] ?? '', NODE_OPTIONS };
    assert.is(execFileSync(process.execPath, ['-e', ''], { env, encoding: 'utf8' }), 'loaded');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.run();
