import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Heard } from '../../../src/master/output/capture.js';
import { eventually } from '../../support/eventually.js';
import {
  endOf,
  live,
  mountSmall,
  node,
  openRig,
  POLICY,
  run,
  scratch,
  textOf,
  textsOf,
  unmount,
} from './rig.js';

const it = suite('capture');

const numbered = (name: string, count: number) =>
  node(`for (let i = 0; i < ${count}; i++) process.stdout.write('${name} line ' + i + '\\n')`);

it('loses, doubles and splits no line of four programs, through rotation and gzip', async () => {
  const rig = openRig();
  const policy = { ...POLICY, rotate: 256 * 1024, compress: true };
  const workers = ['web.0', 'web.1', 'web.2', 'api.0'];
  const lives = workers.map((worker, i) => live(rig, worker, i, numbered(worker, 50_000), policy));
  await Promise.all(lives.map(({ output }) => endOf(output)));
  const isPacked = () => readdirSync(rig.logDir).every((file) => /\.log$|\.idx$|\.gz$/.test(file));
  await eventually('all is compressed', isPacked);
  for (const worker of workers) {
    const texts = textsOf(rig.logDir, worker);
    const wanted = Array.from({ length: 50_000 }, (_, i) => `${worker} line ${i}\n`).join('');
    assert.ok(texts.join('') === wanted, `${worker} is not what was written`);
    assert.ok(texts.length > 3);
    for (const text of texts) assert.ok(text.endsWith('\n') && text.length < policy.rotate + 30);
  }
  assert.equal(rig.losses, []);
  rig.capture.close();
});

it('closes the last line of a life that has ended in the middle of it', async () => {
  const rig = openRig();
  await endOf(live(rig, 'web.0', 1, ['printf', 'whole\\nhalf']).output);
  await endOf(live(rig, 'web.0', 2, ['printf', 'next\\n']).output);
  assert.is(textOf(rig.logDir, 'web.0'), 'whole\nhalf\nnext\n');
  rig.capture.close();
});

it('keeps what a grandchild writes after the exit of its parent', async () => {
  const rig = openRig();
  const { output, child } = live(rig, 'web.0', 1, ['sh', '-c', '(sleep 0.3; echo late) & echo early']);
  let exited = false;
  child.on('exit', () => {
    exited = true;
  });
  await eventually('the exit of the parent', () => exited);
  assert.not(output.ended);
  await endOf(output);
  assert.ok(output.ended);
  assert.is(textOf(rig.logDir, 'web.0'), 'early\nlate\n');
  assert.equal(readdirSync(join(rig.dir, 'fifo')), []);
  rig.capture.close();
});

it('mixes no lines of two lives that write long ones on both streams at once', async () => {
  const rig = openRig();
  const long = (letter: string) =>
    node(`const w = (fd, c) => { for (let b = Buffer.from(c.repeat(100000) + '\\n'), at = 0; at < b.length; )
      try { at += require('fs').writeSync(fd, b, at) } catch (e) { if (e.code !== 'EAGAIN') throw e } };
      for (let i = 0; i < 100; i++) { w(1, '${letter}'); w(2, '${letter.toUpperCase()}') }`);
  const lives = ['a', 'b'].map((letter, i) => live(rig, 'web.0', i, long(letter)));
  await Promise.all(lives.map(({ output }) => endOf(output)));
  const lines = textOf(rig.logDir, 'web.0').split('\n');
  assert.is(lines.pop(), '');
  const count = (letter: string) => lines.filter((line) => line === letter.repeat(100_000)).length;
  assert.equal(['a', 'A', 'b', 'B'].map(count), [100, 100, 100, 100]);
  assert.is(lines.length, 400);
  rig.capture.close();
});

it('counts what a full disk does not take, and keeps whole lines', async () => {
  const dir = scratch();
  const logDir = join(dir, 'logs');
  mkdirSync(logDir);
  if (!mountSmall(logDir)) return console.log('skipped: a small tmpfs needs root');
  const rig = openRig(dir);
  try {
    const lines = `const line = 'x'.repeat(999) + '\\n'; for (let i = 0; i < 300; i++) fs.writeSync(1, line)`;
    await endOf(live(rig, 'web.0', 1, node(lines)).output);
    const lost = () => rig.losses.reduce((sum, { bytes }) => sum + bytes, 0);
    await eventually('a count of all', () => textOf(logDir, 'web.0').length + lost() === 300_000);
    assert.is(rig.losses[0]?.code, 'ENOSPC');
    const cut = textOf(logDir, 'web.0')
      .split('\n')
      .filter((line) => line !== 'x'.repeat(999));
    assert.ok(cut.length <= 1 && /^x*$/.test(cut[0] ?? ''), `cut: ${cut}`);
  } finally {
    rig.capture.close();
    unmount(logDir);
  }
});

it('lets a second stream through a line that is never finished', async () => {
  const rig = openRig();
  const prompt = 'printf prompt; sleep 0.05; echo warning >&2; exec sleep 30';
  const { child } = live(rig, 'web.0', 1, ['sh', '-c', `exec 3>&1; ${prompt}`]);
  await eventually('the warning', () => textOf(rig.logDir, 'web.0') === 'prompt\nwarning\n');
  child.kill('SIGKILL');
  rig.capture.close();
});

it('does not split a line that is longer than a file', async () => {
  const rig = openRig();
  const line = node(`process.stdout.write('a\\n' + 'x'.repeat(300000) + '\\nb\\n')`);
  await endOf(live(rig, 'web.0', 1, line, { ...POLICY, rotate: 1024 }).output);
  assert.equal(textsOf(rig.logDir, 'web.0'), ['a\n', `${'x'.repeat(300_000)}\n`, 'b\n']);
  rig.capture.close();
});

it('has the last words of a program that fills the pipe and exits', async () => {
  const rig = openRig();
  const slot = rig.capture.slot('web.0', POLICY);
  const output = slot.openLife(1);
  const child = run(
    ['sh', '-c', 'head -c 60000 /dev/zero | tr "\\0" "\\n"; echo bye >&2'],
    output.stdout,
    output.stderr,
  );
  output.closeChildEnds();
  await new Promise((resolve) => child.on('exit', resolve));
  output.drain();
  assert.equal(output.tail(), ['bye']);
  await endOf(output);
  assert.is(textOf(rig.logDir, 'web.0').split('\n').sort().join(''), 'bye');
  assert.is(textOf(rig.logDir, 'web.0').length, 60_004);
  rig.capture.close();
});

it('tells the last lines of stdout when stderr is empty', async () => {
  const rig = openRig();
  const { output } = live(rig, 'web.0', 1, ['printf', 'one\\ntwo\\n']);
  await endOf(output);
  assert.equal(output.tail(), ['one', 'two']);
  rig.capture.close();
});

it('tells lines to those who watch a life, and to those who listen to all', async () => {
  const rig = openRig();
  const heard: Heard[] = [];
  const watched: string[] = [];
  const unsubscribe = rig.capture.subscribe((line) => heard.push(line));
  const output = rig.capture.slot('web.0', POLICY).openLife(1);
  const stop = output.watchLines((line) => {
    watched.push(line);
    if (line === 'ready') stop();
  });
  run(
    ['sh', '-c', 'printf rea; sleep 0.05; printf "dy\\r\\n"; sleep 0.05; printf more'],
    output.stdout,
    output.stderr,
  );
  output.closeChildEnds();
  await endOf(output);
  unsubscribe();
  assert.equal(watched, ['ready']);
  assert.equal(heard, [
    { worker: 'web.0', stream: 'stdout', line: 'ready' },
    { worker: 'web.0', stream: 'stdout', line: 'more' },
  ]);
  rig.capture.close();
});

it('leaves nothing behind of a life that was never spawned', async () => {
  const rig = openRig();
  const output = rig.capture.slot('web.0', POLICY).openLife(1);
  output.closeChildEnds();
  await endOf(output);
  assert.equal(readdirSync(join(rig.dir, 'fifo')), []);
  assert.equal(output.tail(), []);
  rig.capture.close();
});

it('closes a slot when its last life has ended, and gives it anew', async () => {
  const rig = openRig();
  const slot = rig.capture.slot('web.0', POLICY);
  const { output } = live(rig, 'web.0', 1, ['sh', '-c', 'echo a; sleep 0.1; echo b']);
  slot.close();
  assert.is(rig.capture.slot('web.0', POLICY), slot);
  slot.close();
  await endOf(output);
  assert.is(textOf(rig.logDir, 'web.0'), 'a\nb\n');
  assert.is.not(rig.capture.slot('web.0', POLICY), slot);
  rig.capture.close();
});

it('goes on in the middle of a line after the master was killed', async () => {
  const dir = scratch();
  const first = openRig(dir);
  const script = 'printf "first half"; sleep 0.5; echo other >&2; echo " second half"; sleep 0.1; echo end';
  live(first, 'web.0', 7, ['sh', '-c', script]);
  await eventually('the first half', () => textOf(first.logDir, 'web.0') === 'first half');
  first.capture.close();

  const second = openRig(dir);
  assert.equal(second.capture.leftovers(), [{ worker: 'web.0', life: 7 }]);
  await endOf(second.capture.slot('web.0', POLICY).adoptLife(7));
  assert.is(textOf(second.logDir, 'web.0').replace('other\n', ''), 'first half second half\nend\n');
  assert.equal(second.capture.leftovers(), []);
  second.capture.close();
});

it('sees that a life has ended while there was no master', async () => {
  const dir = scratch();
  const first = openRig(dir);
  const { child } = live(first, 'web.0', 1, ['sh', '-c', 'printf half; exec sleep 30']);
  await eventually('its half line', () => textOf(first.logDir, 'web.0') === 'half');
  first.capture.close();
  child.kill('SIGKILL');
  await eventually('its end', () => child.signalCode !== null);

  const second = openRig(dir);
  const output = second.capture.slot('web.0', POLICY).adoptLife(1);
  assert.ok(output.ended);
  await endOf(output);
  assert.is(textOf(second.logDir, 'web.0'), 'half\n');
  assert.equal(second.capture.leftovers(), []);
  second.capture.close();
});

it('takes a life as ended whose FIFOs are gone', async () => {
  const rig = openRig();
  const output = rig.capture.slot('web.0', POLICY).adoptLife(3);
  assert.ok(output.ended);
  await endOf(output);
  rig.capture.close();
});

it.run();
