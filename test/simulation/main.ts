import { parseArgs } from 'node:util';
import { howToReplay, replay, simulate } from './simulate.js';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, histories: { type: 'string', default: '20000' } },
});
const seed = Number(values.seed);
const histories = Number(values.histories);
process.exitCode = histories === 1 ? showOne() : runMany();

/** One history is told step by step. */
function showOne(): number {
  const broken = replay(seed, (line) => console.log(line));
  console.log(broken ? `BROKEN  ${broken.law}: ${broken.detail}` : 'every law holds');
  return broken ? 1 : 0;
}

function runMany(): number {
  const began = performance.now();
  const { histories: done, steps, failure } = simulate(seed, histories);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${done} histories, ${steps} steps, ${seconds} s`);
  if (!failure) return 0;
  console.log(
    `seed ${failure.seed}: ${failure.law}: ${failure.detail}\nreplay: ${howToReplay(failure.seed)}`,
  );
  return 1;
}
