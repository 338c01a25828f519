import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ran } from '../support/cli.js';
import { SLEEPER, withApp } from '../support/sandbox-app.js';

const it = suite('--json');

/** Exactly one value on standard output, and nothing on standard error. */
function oneValue({ stdout, stderr }: Ran, verb: string): Record<string, unknown> {
  assert.is(stderr, '', verb);
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`sup ${verb} printed more or less than one JSON value:\n${stdout}`);
  }
}

const VERBS: readonly (readonly [string, string])[] = [
  ['check', 'config'],
  ['check --explain stop.timeout', 'keys'],
  ['start -d', 'started'],
  ['start -d', 'already'],
  ['start', 'already'],
  ['status', 'groups'],
  ['ls', 'masters'],
  ['events', 'events'],
  ['signal web WINCH', 'sent'],
  ['scale web=3', 'changes'],
  ['reload', 'changes'],
  ['apply --plan', 'changes'],
  ['apply', 'changes'],
  ['restart web.0', 'changes'],
  ['stop web.0', 'stopped'],
  ['stop', 'masterEnds'],
  ['init node --dir new', 'files'],
];

it(
  'every verb prints one value',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 } });
    for (const [verb, key] of VERBS) {
      const ran = await app.sup(...verb.split(' '), '--json');
      assert.is(ran.code, 0, `${verb}\n${ran.stdout}${ran.stderr}`);
      assert.ok(key in oneValue(ran, verb), `${verb} has no ${key}: ${ran.stdout}`);
    }
  }),
);

const STOPPED: readonly (readonly [string, number, string])[] = [
  ['status', 3, 'E_NO_MASTER'],
  ['reload', 3, 'E_NO_MASTER'],
  ['signal web HUP', 3, 'E_NO_MASTER'],
  ['wibble', 2, 'E_USAGE'],
  ['start --wibble', 2, 'E_USAGE'],
  ['scale web', 2, 'E_USAGE'],
  ['init cobol', 2, 'E_USAGE'],
  ['check --explain wibble', 2, 'E_USAGE'],
  ['logs --grep (', 2, 'E_USAGE'],
  ['logs --since soon', 2, 'E_USAGE'],
  ['status -a NOT/ALLOWED', 2, 'E_USAGE'],
  ['check -c nowhere.yaml', 2, 'E_CONFIG_MISSING'],
];

it(
  'every error is one value, too, where no master runs',
  withApp(async (app) => {
    app.configure({ web: SLEEPER });
    for (const [verb, status, code] of STOPPED) {
      const ran = await app.sup(...verb.split(' '), '--json');
      const { error } = oneValue(ran, verb) as { error: { code: string } };
      assert.equal([ran.code, error.code], [status, code], `${verb}\n${ran.stdout}`);
    }
  }),
);

const RUNNING: readonly (readonly [string, number, string])[] = [
  ['status nobody', 2, 'E_USAGE'],
  ['stop web.7', 2, 'E_USAGE'],
  ['scale nobody=2', 2, 'E_USAGE'],
  ['signal web WIBBLE', 2, 'E_USAGE'],
  ['start -d bad', 5, 'E_START_FAILED'],
  ['restart bad', 5, 'E_START_FAILED'],
];

it(
  'every error is one value, too, where a master runs',
  withApp(async (app) => {
    app.configure({ web: SLEEPER, bad: { command: 'false' } });
    await app.done('start', '-d', 'web');
    for (const [verb, status, code] of RUNNING) {
      const ran = await app.sup(...verb.split(' '), '--json');
      const { error } = oneValue(ran, verb) as { error: { code: string } };
      assert.equal([ran.code, error.code], [status, code], `${verb}\n${ran.stdout}`);
    }
    app.configure({ web: { ...SLEEPER, env: { NEW: 'yes' }, command: 'false' } });
    const refused = await app.sup('reload', '--json');
    const { error } = oneValue(refused, 'reload') as { error: { code: string; detail: object } };
    assert.equal([refused.code, error.code], [4, 'E_RELOAD_REFUSED']);
    assert.equal(Object.keys(error.detail), ['worker', 'reason', 'tail']);
    app.configure('{ web: { wibble: 1 } }');
    const invalid = await app.sup('apply', '--json');
    assert.is((oneValue(invalid, 'apply') as { error: { code: string } }).error.code, 'E_CONFIG_INVALID');
  }),
);

it(
  'logs, events -f and a start in the foreground print one value a line',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 } });
    const start = app.begin('start', '--json');
    await start.says(/"web\.1".*"phase":"ready"/);
    const events = app.begin('events', '-f', '--json');
    await events.says(/"phase":"ready"/);
    const { stdout } = await app.done('logs', '--json');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(lines.map(({ worker, line }) => `${worker} ${line}`).toSorted(), ['web.0 up', 'web.1 up']);
    await app.done('stop');
    for (const text of [(await start.ended).stdout, (await events.ended).stdout])
      for (const line of text.trimEnd().split('\n')) JSON.parse(line);
  }),
);

it.run();
