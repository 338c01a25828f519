import { chmodSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type SandboxApp, withApp } from '../support/sandbox-app.js';

const it = suite('a program that cannot be run');

type Fault = { readonly hurt: (app: SandboxApp) => void; readonly words: (app: SandboxApp) => string };

/** What the config could not know, since all was well when it was read. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'that is gone': {
    hurt: (app) => app.remove('work/program'),
    words: (app) => `${app.path('work/program')} does not exist`,
  },
  'that is not executable any more': {
    hurt: (app) => chmodSync(app.path('work/program'), 0o644),
    words: (app) => `${app.path('work/program')} is not executable: chmod +x ${app.path('work/program')}`,
  },
  'whose folder is gone': {
    hurt: (app) => app.remove('work'),
    words: (app) => `the working folder ${app.path('work')} does not exist`,
  },
  'that is a folder now': {
    hurt: (app) => {
      app.remove('work/program');
      app.write('work/program/file');
    },
    words: (app) => `${app.path('work/program')} is not a file`,
  },
  'whose interpreter is not there': {
    hurt: (app) => app.write('work/program', '#!/no/such/interpreter\n', 0o755),
    words: (app) => `./program in ${app.path('work')}: the interpreter that its #! names does not exist`,
  },
};

for (const [what, { hurt, words }] of Object.entries(FAULTS)) {
  it(
    `${what} is told at once, with its path`,
    withApp(async (app) => {
      app.script('work/program', 'echo up', 'exec sleep 1000');
      const web = {
        command: './program',
        cwd: 'work',
        ready: { log: '/up/' },
        restart: { from: '1m', to: '1m' },
      };
      app.configure({ web });
      await app.done('start', '-d');
      hurt(app);
      const { code, stderr } = await app.sup('restart', 'web');
      assert.is(code, 5);
      assert.ok(stderr.includes('web.0 ended: cannot run: '), stderr);
      assert.ok(stderr.includes(words(app)), stderr);
      const { phase, last } = await app.worker('web.0');
      assert.is(phase, 'waiting');
      assert.ok(last?.reason.includes(words(app)), last?.reason);
      assert.equal(app.processes(), []);
      await app.done('stop');
    }),
  );
}

it(
  'a program, folder and user that are not there at the start are told together, and nothing is made',
  withApp(async (app) => {
    app.configure({
      one: { command: './none' },
      two: { command: 'sleep 1', cwd: 'nowhere' },
      three: { command: 'no-such-program-at-all' },
      four: { command: 'sleep 1', user: 'no-such-user' },
    });
    const { code, stderr } = await app.sup('start', '-d');
    assert.is(code, 2);
    for (const words of ['./none does not exist', 'nowhere', 'no-such-program-at-all is not found in PATH'])
      assert.ok(stderr.includes(words), stderr);
    assert.match(stderr, /there is no user no-such-user/);
    assert.equal(app.masters(), []);
  }),
);

it.run();
