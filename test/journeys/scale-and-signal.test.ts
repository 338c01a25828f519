import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually } from '../support/eventually.js';
import { SLEEPER, slowly, withApp } from '../support/sandbox-app.js';

const it = suite('sup scale, signal and restart');

it(
  'scale starts or stops only the difference',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 }, api: SLEEPER });
    await app.done('start', '-d');
    const [two, [api]] = [await app.pids(), await app.pids('api')];
    assert.match((await app.done('scale', 'web=4', 'api=2')).stdout, /web: scaled from 2 to 4 workers/);
    const four = await app.pids();
    assert.equal([four.slice(0, 2), four.length, app.lives('web').length], [two, 4, 4]);
    assert.is((await app.pids('api'))[0], api);
    await app.done('scale', 'web=1');
    assert.equal([await app.pids(), app.lives('web')], [[two[0]], [two[0]]]);
    await app.done('scale', 'web=0');
    assert.equal([await app.pids(), app.lives('web')], [[], []]);
    await app.done('scale', 'web=2');
    assert.is(app.lives('web').length, 2);
    assert.is((await app.sup('scale', 'nobody=2')).code, 2);
    assert.is((await app.sup('scale', 'web')).code, 2);
  }),
);

it(
  'a scale whose workers do not come up is taken back',
  withApp(async (app) => {
    const command = ['sh', '-c', '[ $SUP_WORKER -gt 1 ] && exit 5; echo up; exec sleep 1000'];
    app.configure({ web: { ...SLEEPER, command, count: 2 } });
    await app.done('start', '-d');
    const before = await app.pids();
    const { code, stderr } = await app.sup('scale', 'web=4');
    assert.is(code, 5);
    assert.match(stderr, /scale failed, web has 2 again: web\.[23] ended: exit 5/);
    await slowly('two lives', () => app.lives().length === 2);
    assert.equal([await app.pids(), (await app.group('web')).wanted], [before, 2]);
  }),
);

it(
  'signal reaches the named worker only, and only its main process',
  withApp(async (app) => {
    app.script(
      'program',
      "trap 'echo $SUP_WORKER >> got' USR1",
      'sleep 1000 &',
      'child=$!',
      'echo up',
      'while kill -0 $child; do wait; done',
      'echo "the child is gone" > got',
    );
    app.configure({ web: { command: './program', ready: { log: '/up/' }, count: 3 } });
    await app.done('start', '-d');
    const [, , pid] = await app.pids();
    assert.match((await app.done('signal', 'web.2', 'USR1')).stdout, new RegExp(`web\\.2 \\(pid ${pid}\\)`));
    await eventually('it came', () => app.has('got'));
    await app.done('signal', 'web', 'SIGUSR1');
    await eventually('it came to all', () => app.read('got').length === 8);
    assert.equal(app.read('got').split('\n').toSorted(), ['', '0', '1', '2', '2']);
    assert.match((await app.sup('signal', 'web', 'SIGUSR3')).stderr, /did you mean SIGUSR[12]\?/);
  }),
);

it(
  'restart stops and starts those that are named',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 3 } });
    await app.done('start', '-d');
    const before = await app.pids();
    await app.done('restart', 'web.1');
    const after = await app.pids();
    assert.equal(
      before.map((pid, slot) => pid === after[slot]),
      [true, false, true],
    );
    await app.done('restart');
    assert.not.ok((await app.pids()).some((pid) => after.includes(pid)));
    assert.is(app.lives().length, 3);
  }),
);

it.run();
