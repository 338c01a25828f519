import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SLEEPER, withApp } from '../support/sandbox-app.js';

const it = suite('an invalid sup.yaml');

const BAD = `
  web: { comand: sleep 1, count: many }
  api: { command: sleep 1, needs: [nobody], stop: { timeout: soon } }
`;
const NAMES_ALL = [/comand/, /did you mean command/i, /many/, /nobody/, /soon/, /sup\.yaml:\d+:\d+/];

it(
  'starts nothing, and all its problems are told with their places',
  withApp(async (app) => {
    app.configure(BAD);
    for (const verb of [['start', '-d'], ['start'], ['check']]) {
      const { code, stderr } = await app.sup(...verb);
      assert.is(code, 2, verb.join(' '));
      for (const words of NAMES_ALL) assert.match(stderr, words);
    }
    assert.equal([app.masters(), app.processes()], [[], []]);
  }),
);

it(
  'touches nothing of what runs',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 } });
    await app.done('start', '-d');
    const before = await app.pids();
    app.configure(BAD);
    for (const verb of [['reload'], ['reload', '--plan'], ['apply'], ['apply', '--plan']]) {
      const { code, stderr } = await app.sup(...verb);
      assert.is(code, 2, verb.join(' '));
      for (const words of NAMES_ALL) assert.match(stderr, words);
    }
    await app.sup('start', '-d');
    assert.equal([await app.pids(), app.lives().length], [before, 2]);
    assert.is((await app.status()).config, 'invalid');
    const { stdout } = await app.done('status');
    assert.match(stdout, /sup\.yaml is invalid, what runs is what it was\n {2}Next: sup check/);
  }),
);

it(
  'is told also where it is no YAML at all, or of another app',
  withApp(async (app) => {
    app.configure({ web: SLEEPER });
    await app.done('start', '-d');
    const before = await app.pids();
    app.write('sup.yaml', `name: ${app.name}\nworkers: {{{`);
    assert.is((await app.sup('reload')).code, 2);
    app.write('sup.yaml', 'name: another\nworkers: { web: sleep 1 }\n');
    const other = await app.sup('reload', '-a', app.name);
    assert.is(other.code, 2);
    assert.match(other.stderr, /name is another now/);
    app.remove('sup.yaml');
    assert.is((await app.sup('apply', '-a', app.name)).code, 2);
    assert.equal(await app.pids(), before);
    await app.done('stop', '-a', app.name);
  }),
);

it.run();
