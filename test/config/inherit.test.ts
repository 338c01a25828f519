import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { load } from './loaded.js';

const it = suite('inherit');

it('gives workers what stands at the top, and lets their own values win', () => {
  const top = [
    'env: { A: 1, B: 2 }',
    'stop: { timeout: 1s, drain: 1s }',
    'restart: { to: 1m }',
    'cwd: /',
    'workers:',
  ];
  const { groups } = load(
    [
      ...top,
      '  a: sh',
      '  b: { command: sh, env: { B: 3 }, stop: { drain: 2s }, restart: never, cwd: . }',
    ].join('\n'),
  );
  const [a, b] = groups;
  assert.equal(
    [a?.env, b?.env],
    [
      { A: '1', B: '2' },
      { A: '1', B: '3' },
    ],
  );
  assert.equal([a?.stop.timeout, b?.stop.timeout, b?.stop.drain], [1000, 1000, 2000]);
  assert.equal([a?.restart.when, b?.restart.when, b?.restart.to], ['always', 'never', 60_000]);
  assert.equal([a?.cwd === '/', b?.cwd === '/'], [true, false]);
});

it.run();
