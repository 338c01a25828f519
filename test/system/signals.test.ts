import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exitOf, nextLine, startNode, until } from './scratch.js';

const it = suite('signals');

it('hears signals by name, until it is closed', async () => {
  const child = startNode(
    `import { onSignal } from 'SYSTEM/signals.js';
     const signals = onSignal(['SIGUSR2', 'SIGHUP'], (name) => {
       console.log(name);
       signals.close();
     });
     setInterval(() => {}, 1000);
     process.stdin.once('data', () => process.kill(process.pid, 'SIGHUP'));`,
  );
  child.stdin?.write('go\n');
  assert.is(await nextLine(child), 'SIGHUP');
  await until('the default effect', () => {
    child.kill('SIGUSR2');
    return child.signalCode === 'SIGUSR2';
  });
});

it('exits with a code', async () => {
  const child = startNode(`import { exitProcess } from 'SYSTEM/signals.js'; exitProcess(6);`);
  await exitOf(child);
  assert.is(child.exitCode, 6);
});

it.run();
