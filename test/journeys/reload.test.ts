import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FewestReady } from '../support/fewest-ready.js';
import { isRunning, look } from '../support/proc.js';
import { type SandboxApp, SLEEPER, slowly, withApp } from '../support/sandbox-app.js';

const it = suite('sup reload');

async function replacesAll(app: SandboxApp, ...argv: string[]): Promise<void> {
  const before = await app.pids();
  await app.done('reload', ...argv);
  const after = await app.pids();
  assert.is(after.length, before.length);
  assert.not.ok(
    before.some((pid) => after.includes(pid) || isRunning(pid)),
    `${before} → ${after}`,
  );
  assert.is(app.lives().length, after.length);
}

it(
  'replaces every worker, the new one first',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 3 } });
    await app.done('start', '-d');
    await replacesAll(app);
    const ready = new FewestReady('web', 3);
    for (const fact of await app.facts()) ready.hear(fact);
    assert.is(ready.fewest, 3);
    await replacesAll(app, '-g', 'web');
  }),
);

it(
  'takes as many at once as its batch, and only those that are named',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 4, reload: { batch: 2 } } });
    await app.done('start', '-d');
    await replacesAll(app);
    const before = await app.pids();
    await app.done('reload', 'web.1', 'web.3');
    const after = await app.pids();
    assert.equal(
      before.map((pid, slot) => pid === after[slot]),
      [true, false, true, false],
    );
  }),
);

it(
  'with --plan says what it would do, and touches nothing',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 } });
    await app.done('start', '-d');
    const before = await app.pids();
    app.configure({ web: { ...SLEEPER, count: 2, env: { NEW: 'yes' } } });
    const { stdout } = await app.done('reload', '--plan');
    assert.match(stdout, /web: would replace 2 workers \(env\.NEW\)\nthis is a plan, nothing was touched/);
    assert.equal(await app.pids(), before);
    await app.done('reload');
    const [pid = 0] = await app.pids();
    assert.is(look(pid)?.environment['NEW'], 'yes');
    assert.is((await app.status()).config, 'same');
  }),
);

it(
  'by signal: the program stays and replaces its children itself',
  withApp(async (app) => {
    app.script(
      'program',
      'child() { sleep 1000 & now=$!; echo $now > child; }',
      "trap 'old=$now; child; kill $old' HUP",
      "trap 'exit 0' TERM",
      'child',
      'echo up',
      'while :; do wait; done',
    );
    app.configure({ web: { command: './program', ready: { log: '/up/' }, reload: 'signal' } });
    await app.done('start', '-d');
    const before = await app.pids();
    const child = Number(app.read('child'));
    const { stdout } = await app.done('reload');
    assert.match(stdout, /web: signalled 1 worker/);
    assert.equal(await app.pids(), before);
    const now = Number(app.read('child'));
    assert.equal([isRunning(child), isRunning(now)], [false, true]);
  }),
);

/** Its new workers wait while there is a file `hold`. */
async function holdingReload(app: SandboxApp) {
  app.script('program', 'while [ -e hold ]; do sleep 0.05; done', 'echo up', 'exec sleep 1000');
  app.configure({ web: { command: './program', ready: { log: '/up/' }, count: 2 } });
  await app.done('start', '-d');
  const before = await app.pids();
  app.touch('hold');
  const reload = app.begin('reload');
  await slowly('a newcomer', () => app.lives().length === 3);
  return { before, reload };
}

async function goesOn(app: SandboxApp, before: readonly number[]): Promise<void> {
  assert.is((await app.group('web')).job, 'reload');
  app.remove('hold');
  await slowly('the reload is done', async () => (await app.group('web')).job === null);
  const after = await app.pids();
  assert.is(after.length, 2);
  assert.not.ok(after.some((pid) => before.includes(pid)));
  assert.is(app.lives().length, 2);
}

it(
  'goes on when the client that asked for it is killed',
  withApp(async (app) => {
    const { before, reload } = await holdingReload(app);
    reload.signal('SIGKILL');
    await reload.ended;
    await goesOn(app, before);
  }),
);

it(
  'goes on when Ctrl-C leaves it, and says so',
  withApp(async (app) => {
    const { before, reload } = await holdingReload(app);
    reload.signal('SIGINT');
    const { code, stderr } = await reload.ended;
    assert.is(code, 130);
    assert.match(stderr, /left; the reload of \w+ goes on/);
    await goesOn(app, before);
  }),
);

it.run();
