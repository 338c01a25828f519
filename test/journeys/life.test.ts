import { readdirSync, readlinkSync } from 'node:fs';
import { suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import { findUser } from '../../src/system/users.js';
import { notRoot, unless } from '../runner/needs.js';
import { look, read, statusOf } from '../support/proc.js';
import { type SandboxApp, SLEEPER, withApp } from '../support/sandbox-app.js';

const it: Test = suite('what a life is born with');

async function startOne(app: SandboxApp, worker: object): Promise<number> {
  app.configure({ web: { ...SLEEPER, ...worker } });
  await app.done('start', '-d');
  const [pid = 0] = await app.pids();
  return pid;
}

it(
  'a session and a process group of its own, /dev/null to read from, and no descriptor of the master',
  withApp(async (app) => {
    const pid = await startOne(app, {});
    const seen = look(pid);
    assert.equal([seen?.session, seen?.group], [pid, pid]);
    assert.is(readlinkSync(`/proc/${pid}/fd/0`), '/dev/null');
    assert.equal(readdirSync(`/proc/${pid}/fd`).toSorted(), ['0', '1', '2']);
    assert.is(readlinkSync(`/proc/${pid}/cwd`), app.folder);
    // SIGPIPE, which Node ignores, is not ignored in there; nor is anything blocked.
    assert.equal([statusOf(pid, 'SigIgn'), statusOf(pid, 'SigBlk')], ['0'.repeat(16), '0'.repeat(16)]);
  }),
);

it(
  'the environment of the config over those of its files over that of the master',
  withApp(async (app) => {
    app.write('one.env', 'A=one\nB=one\nC="of one"\n');
    app.write('two.env', 'B=two\n');
    const env = { A: 'config', WITH_SPACE: 'a b' };
    const pid = await startOne(app, { env, envFile: ['one.env', 'two.env'], cwd: '/' });
    const { environment = {} } = look(pid) ?? {};
    const { A, B, C, WITH_SPACE, PATH, LISTEN_FDS, NOTIFY_SOCKET } = environment;
    assert.equal([A, B, C, WITH_SPACE], ['config', 'two', 'of one', 'a b']);
    assert.equal([LISTEN_FDS, NOTIFY_SOCKET, PATH], [undefined, undefined, process.env['PATH']]);
    assert.is(readlinkSync(`/proc/${pid}/cwd`), '/');
  }),
);

it(
  'SUP_APP, SUP_GROUP and SUP_WORKER, of which each count begins at 0',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 3 } });
    await app.done('start', '-d');
    const all = (await app.pids()).map((pid) => look(pid)?.environment ?? {});
    assert.equal(
      all.map((its) => [its['SUP_APP'], its['SUP_GROUP'], its['SUP_WORKER']]),
      ['0', '1', '2'].map((slot) => [app.name, 'web', slot]),
    );
    assert.equal(
      Object.keys(all[0] ?? {}).filter((name) => name.startsWith('SUP_') && !SAID.includes(name)),
      [],
    );
  }),
);
const SAID = ['SUP_APP', 'SUP_GROUP', 'SUP_WORKER'];

it(
  'umask, niceness and limits',
  withApp(async (app) => {
    const limits = { nofile: 321, core: 0, cpu: 3600, fsize: '1G', as: 'unlimited' };
    const pid = await startOne(app, { umask: '027', nice: 7, limits });
    assert.is(statusOf(pid, 'Umask'), '0027');
    const fields = read(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
    assert.is(fields[16], '7');
    const limit = (name: string): string[] | undefined =>
      new RegExp(`^Max ${name} +(\\S+) +(\\S+)`, 'm').exec(read(pid, 'limits'))?.slice(1);
    assert.equal(limit('open files'), ['321', '321']);
    assert.equal(limit('core file size'), ['0', '0']);
    assert.equal(limit('cpu time'), ['3600', '3600']);
    assert.equal(limit('file size'), [`${2 ** 30}`, `${2 ** 30}`]);
    assert.equal(limit('address space'), ['unlimited', 'unlimited']);
  }),
);

it(
  'the words of its command as they are written',
  withApp(async (app) => {
    const command = ['sh', '-c', 'printf "%s|" "$@" > words; echo up; exec sleep 1000', 'sh'];
    await startOne(app, { command: [...command, 'two words', '$HOME', '*', ''] });
    assert.is(app.read('words'), 'two words|$HOME|*||');
  }),
);

it(
  'a shell where one is wanted',
  withApp(async (app) => {
    const pid = await startOne(app, {
      command: 'X=$SUP_WORKER && echo up $X | cat && exec sleep 1000',
      shell: true,
    });
    assert.ok(look(pid));
    assert.match((await app.done('logs')).stdout, /web\.0 \| up 0/);
  }),
);

const cannot = notRoot() ?? (findUser('nobody') ? null : 'there is no user nobody');
unless(cannot, it)(
  'user and group, with HOME and USER, and no group of the master',
  withApp(async (app) => {
    const nobody = findUser('nobody');
    const pid = await startOne(app, { user: 'nobody', cwd: '/' });
    const { uid, gid } = nobody ?? {};
    assert.is(statusOf(pid, 'Uid'), [uid, uid, uid, uid].join('\t'));
    assert.is(statusOf(pid, 'Gid'), [gid, gid, gid, gid].join('\t'));
    assert.not.ok(statusOf(pid, 'Groups').split(' ').includes('0'));
    assert.is(statusOf(pid, 'CapEff'), '0'.repeat(16));
    const { HOME, USER, LOGNAME } = look(pid)?.environment ?? {};
    assert.equal([HOME, USER, LOGNAME], [nobody?.home, 'nobody', 'nobody']);
    // It can write to its log, which is not its own.
    assert.match((await app.done('logs')).stdout, /web\.0 \| up/);
    await app.done('reload');
    await app.done('stop');
    assert.equal(app.processes(), []);
  }),
);

unless(cannot, it)(
  'a group without a user',
  withApp(async (app) => {
    const pid = await startOne(app, { group: 'daemon' });
    assert.match(statusOf(pid, 'Uid'), /^0\t0/);
    assert.match(statusOf(pid, 'Gid'), /^1\t1/);
  }),
);

it.run();
