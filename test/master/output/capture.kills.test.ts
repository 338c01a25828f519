import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually } from '../../support/eventually.js';
import { endOf, live, node, openRig, POLICY, run, scratch, textOf, textsOf } from './rig.js';

const it = suite('capture, killed');

const LINES = 1_000_000;
const policy = { ...POLICY, rotate: 1024 * 1024 };

/** Cuts its lines wherever a block ends; goes on to live, since what a dead program left in a pipe is gone. */
const writer = node(`const fs = require('fs'); let text = '';
  for (let i = 0; i < ${LINES}; i++) {
    text += 'line number ' + i + '\\n';
    if (text.length > 10000) { fs.writeSync(1, text.slice(0, 10000)); text = text.slice(10000); }
  }
  fs.writeSync(1, text);
  setInterval(() => {}, 1000);`);

const MODULE = new URL('../../../src/master/output/capture.js', import.meta.url).href;
const master = (dir: string) => `const { openCapture } = await import('${MODULE}');
  const capture = openCapture({ stateDir: '${dir}', logDir: '${dir}/logs', onLoss: () => {} });
  capture.slot('web.0', ${JSON.stringify(policy)}).adoptLife(1);
  setInterval(() => {}, 1000);`;

async function killedMaster(dir: string, alive: number): Promise<void> {
  const before = textOf(`${dir}/logs`, 'web.0').length;
  const child = run([process.execPath, '--input-type=module', '-e', master(dir)], 'ignore', 'inherit');
  await eventually('bytes, or the end of them', () => {
    const text = textOf(`${dir}/logs`, 'web.0');
    return text.length > before || text.endsWith(`line number ${LINES - 1}\n`);
  });
  await sleep(alive);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it('loses, doubles and splits nothing when the master is killed at full speed', async () => {
  const dir = scratch();
  const first = openRig(dir);
  const { child } = live(first, 'web.0', 1, writer, policy);
  await eventually('the first bytes', () => textOf(first.logDir, 'web.0').length > 0);
  first.capture.close();
  for (const alive of [0, 3, 10, 1, 20]) await killedMaster(dir, alive);

  const last = openRig(dir);
  const output = last.capture.slot('web.0', policy).adoptLife(1);
  const wanted = Array.from({ length: LINES }, (_, i) => `line number ${i}\n`).join('');
  await eventually('all bytes', () => textOf(last.logDir, 'web.0').length >= wanted.length);
  child.kill('SIGKILL');
  await endOf(output);
  const texts = textsOf(last.logDir, 'web.0');
  assert.ok(texts.join('') === wanted, 'all lines, each once');
  assert.ok(texts.every((text) => text.endsWith('\n')));
  last.capture.close();
});

it.run();
