import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { VERB_NAMES } from '../../src/cli/overview.js';
import { SAMPLE_STATUS } from '../control/sample-status.js';
import { desk, INVALID, withMaster } from './run-cli.js';

const it = suite('main');
it('shows one screen of help by itself', async () => {
  const { code, out, err } = await desk().run();
  assert.equal([code, err], [0, '']);
  for (const verb of VERB_NAMES) assert.match(out, new RegExp(`^  ${verb}\\b`, 'm'));
  assert.ok(out.split('\n').length <= 26, out);
  assert.ok(
    out.split('\n').every((line) => line.length <= 80),
    out,
  );
});

it('says its version', async () => {
  assert.match((await desk().run('--version')).out, /^\d+\.\d+\.\d+\n$/);
});

it('has help with examples for each verb', async () => {
  const at = desk();
  for (const verb of VERB_NAMES) {
    const { code, out } = await at.run(verb, '--help');
    assert.is(code, 0, verb);
    assert.match(out, `$ sup ${verb}`);
    assert.match(out, 'EXAMPLES');
  }
  assert.is((await at.run('help', 'stop')).out, (await at.run('stop', '--help')).out);
});

it('ends with 2 on a wrong verb, flag or argument, and names the nearest', async () => {
  const at = desk();
  const wrong: readonly (readonly [string[], RegExp])[] = [
    [['statu'], /has no verb statu\nNext: did you mean `sup status`\?/],
    [['reload', '--grceful'], /reload has no flag --grceful\nNext: did you mean --graceful\?/],
    [['status', '--watchh', '-a', 'shop'], /did you mean --watch\?/],
    [['scale'], /Missing 1 required arg/],
    [['scale', 'web=many', '-a', 'shop'], /web=many is not GROUP=COUNT/],
    [['signal', 'web', 'SIGUSR3', '-a', 'shop'], /did you mean SIGUSR1\?/],
    [['logs', '--since', 'soon', '-a', 'shop'], /--since soon is no length of time/],
    [['logs', '--lines', 'x', '-a', 'shop'], /--lines/],
    [['stop', '-g', '--now', '-a', 'shop'], /--graceful/],
    [['status', '-a', '../x'], /is not the name of an app/],
    [['init', 'cobol'], /cobol/],
  ];
  for (const [argv, words] of wrong) {
    const { code, out, err } = await at.run(...argv);
    assert.equal([code, out], [2, ''], argv.join(' '));
    assert.match(err, words);
    assert.match(err, /^Error: /);
  }
});

it('ends with 3 where no master runs, and says how to start one', async () => {
  const at = desk();
  writeFileSync(join(at.cwd, 'sup.yaml'), INVALID);
  for (const argv of [
    ['status'],
    ['stop'],
    ['reload'],
    ['apply'],
    ['restart'],
    ['events'],
    ['scale', 'web=1'],
    ['signal', 'HUP'],
  ]) {
    const { code, out, err } = await at.run(...argv);
    assert.equal([code, out], [3, ''], argv.join(' '));
    assert.is(err, 'Error: no master runs for shop\nNext: start it with `sup start -d`\n');
  }
});

it('ends with 2 where there is no sup.yaml', async () => {
  const { code, err } = await desk().run('status');
  assert.is(code, 2);
  assert.match(err, /there is no sup\.yaml/);
});

it('prints nothing but JSON with --json, also of errors', async () => {
  const at = desk();
  writeFileSync(join(at.cwd, 'sup.yaml'), INVALID);
  const codes: Record<string, string[]> = {
    E_NO_MASTER: ['status', '--json'],
    E_USAGE: ['statu', '--json'],
    E_CONFIG_INVALID: ['check', '--json'],
  };
  for (const [code, argv] of Object.entries(codes)) {
    const { out, err } = await at.run(...argv);
    assert.equal([JSON.parse(out).error.code, err], [code, ''], argv.join(' '));
  }
  const flag = await at.run('reload', '--json', '--nope');
  assert.equal([flag.code, JSON.parse(flag.out).error.code, flag.err], [2, 'E_USAGE', '']);
  const invalid = JSON.parse((await at.run('start', '-d', '--json')).out).error;
  assert.equal([invalid.code, invalid.detail.problems[0].key], ['E_CONFIG_INVALID', 'workers.web.cuont']);
});

it('finds the app by name, and by the name in a sup.yaml that is invalid', () =>
  withMaster({}, async (at, asked) => {
    assert.match((await at.run('status')).out, /^shop {2}master 4211/);
    assert.match((await at.run('status', '-a', 'shop', 'web')).out, / {2}Next: sup logs -a shop web\.2/);
    assert.equal(JSON.parse((await at.run('status', 'web', '--json')).out), SAMPLE_STATUS);
    assert.equal(JSON.parse((await at.run('status', '--json', '--', 'web')).out), SAMPLE_STATUS);
    assert.equal(asked[1], { verb: 'status', ask: { names: ['web'] } });
  }));

it('asks each verb what its words say', () =>
  withMaster({}, async (at, asked) => {
    const verbs: readonly (readonly [string[], object])[] = [
      [['start', 'web'], { verb: 'start', ask: { names: ['web'] } }],
      [['stop', 'web.1', '-g'], { verb: 'stop', ask: { names: ['web.1'], graceful: true, now: false } }],
      [['stop', 'web', '--now'], { verb: 'stop', ask: { names: ['web'], graceful: false, now: true } }],
      [['restart'], { verb: 'restart', ask: { names: [], graceful: false } }],
      [
        ['reload', 'web', 'chat', '--plan'],
        { verb: 'reload', ask: { names: ['web', 'chat'], graceful: false, plan: true } },
      ],
      [['apply', '--plan'], { verb: 'apply', ask: { plan: true } }],
      [['scale', 'web=8', 'api=2'], { verb: 'scale', ask: { counts: { web: 8, api: 2 } } }],
      [['signal', 'web', 'usr2'], { verb: 'signal', ask: { names: ['web'], signal: 'SIGUSR2' } }],
      [['events'], { verb: 'events', ask: { follow: false } }],
    ];
    for (const [argv, expected] of verbs) {
      const { code, err } = await at.run(...argv);
      assert.equal([code, err], [0, ''], argv.join(' '));
      assert.equal(asked.at(-1), expected);
      const json = await at.run(...argv, '--json');
      assert.equal([json.code, json.err, typeof JSON.parse(json.out)], [0, '', 'object'], argv.join(' '));
    }
  }));

it('says what already runs when it is started again', () =>
  withMaster({}, async (at) => {
    const { out } = await at.run('start');
    assert.match(
      out,
      /^shop runs in the background; its output: sup logs -f\nalready running: web \(2\)\nstarted: web\.2\n/,
    );
    assert.equal(JSON.parse((await at.run('start', '--json')).out).already, ['web.0', 'web.1']);
  }));

it('lists the masters of this user, and the dead', () =>
  withMaster({}, async (at) => {
    const { out } = await at.run('ls');
    assert.match(out, /^APP +PID +UP +READY +FILE\nshop +4211 +2h05m +4\/5 +\/srv\/shop\/sup\.yaml\n$/);
    assert.is(JSON.parse((await at.run('ls', '--json')).out).masters[0].app, 'shop');
    assert.match((await desk().run('ls')).out, /no app of this user runs/);
  }));

it.run();
