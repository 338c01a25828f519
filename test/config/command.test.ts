import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { web } from './loaded.js';

const it = suite('command');

it('fills in variables, and leaves the words of a command whole', () => {
  const group = web(
    [
      `command: sh \${ARGS} \${NONE:-a b} $\${ARGS} 'x\${ARGS}' \\\${ARGS}`,
      `count: \${COUNT}`,
      `env: { A: "<\${ARGS}>" }`,
    ],
    {},
    {
      ARGS: 'one two',
      COUNT: '7',
    },
  );
  assert.equal(group.command, ['sh', 'one two', 'a b', `\${ARGS}`, 'xone two', `\${ARGS}`]);
  assert.is(group.count, 7);
  assert.equal(group.env, { A: '<one two>' });
});

it('leaves a line to the shell when told to, and a list as it is', () => {
  assert.equal(web(['shell: true', `command: exec $0 | cat > "\${X}"`], {}, { X: 'log' }).command, [
    '/bin/sh',
    '-c',
    'exec $0 | cat > "log"',
  ]);
  assert.equal(web(['command: [sh, -c, "a | b", 1.50]']).command, ['sh', '-c', 'a | b', '1.50']);
});

it.run();
