import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { interpolate } from '../../src/config/interpolate.js';

const it = suite('interpolate');
const ENVIRONMENT = { A: 'one', EMPTY: '', TRICK: `\${A} $&` };

const TEXTS: readonly (readonly [text: string, expanded: string])[] = [
  ['plain $A $$ {A}', 'plain $A $$ {A}'],
  [`\${A}-\${A}`, 'one-one'],
  [`\${B:-two}\${EMPTY:-three}\${A:-four}`, 'twothreeone'],
  [`<\${EMPTY}\${B:-}>`, '<>'],
  [`$\${A} $$\${A}`, `\${A} $\${A}`],
  [`\${TRICK}`, `\${A} $&`],
];

for (const [text, expanded] of TEXTS) {
  it(`makes ${expanded} of ${text}`, () => assert.equal(interpolate(text, ENVIRONMENT), { text: expanded }));
}

it('tells the first variable that it cannot fill in', () => {
  const messages = [`\${B} \${C}`, `\${toString}`, `\${A-b}`, `\${}`, `\${A`, `\${SUP_WORKER:-0}`].map(
    (text) => {
      const expanded = interpolate(text, ENVIRONMENT);
      return 'message' in expanded ? expanded.message : expanded.text;
    },
  );
  const malformed = `\${ is not followed by a name and }`;
  assert.equal(messages, [
    `\${B} is not set`,
    `\${toString} is not set`,
    malformed,
    malformed,
    malformed,
    `\${SUP_WORKER} differs from worker to worker`,
  ]);
});

it.run();
