import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lockHolder, takeLock } from '../../src/system/lock.js';
import { exitOf, nextLine, scratch, startNode, until } from './scratch.js';

const it = suite('lock');
const folder = scratch();

const TAKER = `
  import { takeLock } from 'SYSTEM/lock.js';
  const lock = takeLock(process.argv[1]);
  console.log(lock ? 'taken' : 'refused');
  if (lock) setInterval(() => {}, 1000);`;

it('is held by one process at a time, and free again when that is killed', async () => {
  const path = join(folder, 'lock');
  const other = startNode(TAKER, path);
  assert.is(await nextLine(other), 'taken');
  assert.is(takeLock(path), null);
  assert.is(lockHolder(path), other.pid);
  other.kill('SIGKILL');
  await exitOf(other);
  assert.is(lockHolder(path), null);
  const lock = await until('the lock', () => takeLock(path));
  assert.is(lockHolder(path), process.pid);
  lock.release();
  assert.is(lockHolder(path), null);
});

it('goes to exactly one of many that want it at once', async () => {
  const path = join(folder, 'wanted');
  const takers = Array.from({ length: 6 }, () => startNode(TAKER, path));
  const answers = await Promise.all(takers.map(nextLine));
  for (const taker of takers) taker.kill('SIGKILL');
  assert.is(answers.filter((answer) => answer === 'taken').length, 1);
});

it('has no holder where no file is', () => {
  assert.is(lockHolder(join(folder, 'nowhere')), null);
});

it.run();
