import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ran } from '../support/cli.js';
import { type SandboxApp, SLEEPER, slowly, withApp } from '../support/sandbox-app.js';

const it = suite('ten commands at once');

const START = { ...SLEEPER, count: 4 };

/** All of them, each a moment after the other, so that they meet in every stage. */
async function allAtOnce(app: SandboxApp, verbs: readonly string[]): Promise<Ran[]> {
  return Promise.all(verbs.map((verb) => app.sup(...verb.split(' '))));
}

/** Each was told something: done, refused, failed, or that a stop came in between. */
function eachHasAnOutcome(all: readonly Ran[], allowed: readonly number[]): void {
  for (const { code, stdout, stderr } of all) {
    if (allowed.includes(3) && stderr.includes('the master ended before it had answered')) continue;
    assert.ok(allowed.includes(code ?? -1), `${code}\n${stdout}${stderr}`);
    assert.ok(code === 0 ? stdout !== '' : stderr.includes('Error: '), `${code}\n${stdout}${stderr}`);
  }
}

async function settles(app: SandboxApp, wanted: number): Promise<void> {
  await slowly('all is settled', async () => {
    const { job, ready } = await app.group('web');
    return job === null && ready === wanted && app.lives().length === wanted;
  });
  const { wanted: now, workers } = await app.group('web');
  assert.equal([now, workers.length], [wanted, wanted]);
  assert.equal((await app.pids()).toSorted(), app.lives().toSorted());
}

it(
  'reloads, restarts and scales take their turns',
  withApp(async (app) => {
    app.configure({ web: START });
    await app.done('start', '-d');
    const verbs = ['reload', 'scale web=6', 'restart', 'reload web.0', 'reload web.1', 'restart web.2'];
    const all = await allAtOnce(app, [...verbs, 'apply', 'start -d', 'reload web', 'reload -g']);
    eachHasAnOutcome(all, [0]);
    await app.done('scale', 'web=3');
    await settles(app, 3);
  }),
);

it(
  'a stop among them ends what it meets, and a start makes all whole again',
  withApp(async (app) => {
    app.configure({ web: START });
    await app.done('start', '-d');
    const verbs = ['reload', 'restart web', 'stop web', 'reload web', 'scale web=2', 'stop web.1', 'restart'];
    const all = await allAtOnce(app, [...verbs, 'start -d', 'scale web=5', 'reload']);
    eachHasAnOutcome(all, [0, 6]);
    await app.done('scale', 'web=4');
    await app.done('start', '-d');
    await settles(app, 4);
  }),
);

it(
  'ten reloads are ten reloads',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 1 } });
    await app.done('start', '-d');
    const first = (await app.worker('web.0')).life;
    const all = await allAtOnce(
      app,
      Array.from({ length: 10 }, () => 'reload'),
    );
    eachHasAnOutcome(all, [0]);
    await settles(app, 1);
    assert.is((await app.worker('web.0')).life, first + 10);
  }),
);

it(
  'a stop of the whole app ends them all',
  withApp(async (app) => {
    app.configure({ web: START });
    await app.done('start', '-d');
    const verbs = ['reload', 'restart', 'stop', 'scale web=2', 'reload web.1', 'stop'];
    const all = await allAtOnce(app, verbs);
    // 3: they came when the master had gone, or was just going.
    eachHasAnOutcome(all, [0, 3, 6]);
    await slowly('nothing is left', () => app.processes().length + app.masters().length === 0);
  }),
);

it.run();
