import { readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { missing, unless } from '../runner/needs.js';
import { eventually } from '../support/eventually.js';
import { SLEEPER, slowly, withApp } from '../support/sandbox-app.js';

const it = suite('sup logs');

/** Every line says whose it is and which. */
const COUNTS = `
import os, sys, time
print('up', flush=True)
n = 0
while True:
    n += 1
    (sys.stdout if n % 2 else sys.stderr).write(f'{os.getpid()} {n} {"x" * 60}\\n')
    sys.stdout.flush()
    sys.stderr.flush()
    time.sleep(0.005)
`;

/** The numbers that each pid wrote, in the order in which they were shown. */
function numbersByPid(text: string): Map<string, number[]> {
  const byPid = new Map<string, number[]>();
  for (const [, pid = '', n] of text.matchAll(/^web\.0 +\| (\d+) (\d+) x{60}$/gm))
    byPid.set(pid, [...(byPid.get(pid) ?? []), Number(n)]);
  return byPid;
}

unless(missing('python3'), it)(
  'follow across a reload and rotations: no line is lost, doubled or torn',
  withApp(async (app) => {
    app.write('counts.py', COUNTS);
    const logs = { rotate: '8K', keep: 100, compress: false };
    app.configure({ web: { command: 'python3 -u counts.py', ready: { log: '/up/' }, logs } });
    await app.done('start', '-d');
    const follower = app.begin('logs', '-f', 'web', '--lines', '100000');
    await follower.says(/ 100 x/);
    await app.done('reload');
    const rotated = () => readdirSync(app.place.logDir).filter((name) => /^web\.0.*\.log/.test(name)).length;
    await eventually('enough rotations', () => rotated() >= 5);
    const [pid] = await app.pids();
    await follower.says(new RegExp(`${pid} 200 x`));
    await app.done('stop', 'web');
    const last = (await app.done('logs', 'web', '--lines', '1')).stdout;
    await eventually('the last line is shown', () => follower.stdout.includes(last.trim()));
    follower.signal('SIGTERM');
    const { stdout } = await follower.ended;
    const byPid = numbersByPid(stdout);
    assert.is(byPid.size, 2);
    // Two streams: each is in order, and of both together none is missing.
    for (const [writer, numbers] of byPid) {
      const sorted = numbers.toSorted((a, b) => a - b);
      assert.equal(
        sorted,
        sorted.map((_, i) => i + 1),
        `of ${writer}`,
      );
      for (const odd of [0, 1]) {
        const stream = numbers.filter((n) => n % 2 === odd);
        assert.equal(
          stream,
          stream.toSorted((a, b) => a - b),
        );
      }
    }
    const others = stdout
      .split('\n')
      .filter((line) => line !== '' && !/ x{60}$/.test(line) && !/\| up$/.test(line));
    assert.equal(others, []);
  }),
);

it(
  'take the last lines, those that match, and those of the named workers',
  withApp(async (app) => {
    const command = [
      'sh',
      '-c',
      'for i in $(seq 1 80); do echo "line $i of $SUP_WORKER"; done; echo up; exec sleep 1000',
    ];
    app.configure({ web: { ...SLEEPER, command, count: 2 } });
    await app.done('start', '-d');
    const lines = async (...argv: string[]): Promise<string[]> =>
      (await app.done('logs', ...argv)).stdout.trimEnd().split('\n');
    assert.is((await lines()).length, 50);
    assert.equal(await lines('web.1', '--lines', '2'), ['web.1 | line 80 of 1', 'web.1 | up']);
    assert.equal(await lines('web.0', '--grep', '^line 7[89]'), [
      'web.0 | line 78 of 0',
      'web.0 | line 79 of 0',
    ]);
    assert.is((await lines('--grep', 'line')).length, 160);
    assert.is((await lines('web', '--since', '1h')).length, 162);
    await app.done('stop');
    assert.is((await lines('--lines', '3')).length, 3);
    const wrong = await app.sup('logs', '--grep', '(');
    assert.is(wrong.code, 2);
    assert.is((await app.sup('logs', '--since', 'yesterday')).code, 2);
  }),
);

it(
  '--since leaves out what is older',
  withApp(async (app) => {
    const command = [
      'sh',
      '-c',
      'echo early; echo up; while [ ! -e go ]; do sleep 0.1; done; echo late; exec sleep 1000',
    ];
    app.configure({ web: { ...SLEEPER, command } });
    await app.done('start', '-d');
    await app.becomes('web.0', ({ uptime }) => (uptime ?? 0) > 3000);
    app.touch('go');
    await slowly('the late line', async () => (await app.done('logs')).stdout.includes('late'));
    const { stdout } = await app.done('logs', '--since', '2s');
    assert.not.match(stdout, /early/);
  }),
);

it(
  'keep the last words of a crash, also without a newline',
  withApp(async (app) => {
    const command = [
      'sh',
      '-c',
      'echo up; while [ ! -e go ]; do sleep 0.05; done; echo one; printf "the very last" >&2; kill -9 $$',
    ];
    app.configure({ web: { ...SLEEPER, command, restart: { from: '1h', to: '1h' } } });
    await app.done('start', '-d');
    app.touch('go');
    const { last } = await app.becomes('web.0', ({ phase }) => phase === 'waiting');
    assert.equal([last?.signal, last?.tail], ['SIGKILL', ['the very last']]);
    const { stdout } = await app.done('logs');
    assert.match(stdout, /^web\.0 \| one$/m);
    assert.match(stdout, /^web\.0 \| the very last$/m);
  }),
);

it(
  'a follower ends on Ctrl-C',
  withApp(async (app) => {
    app.configure({ web: SLEEPER });
    await app.done('start', '-d');
    const follower = app.begin('logs', '-f');
    await follower.says(/web\.0 \| up/);
    follower.signal('SIGINT');
    const { signal, code } = await follower.ended;
    assert.ok(signal === 'SIGINT' || code === 130 || code === 0, `${signal} ${code}`);
  }),
);

it.run();
