import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clashes } from '../../src/config/clash.js';

const it = suite('clash');
const tcp = (host: string, port: number) =>
  ({ listen: { name: 'x', kind: 'tcp', host, port }, key: [host] }) as const;

const PAIRS: readonly (readonly [a: string, b: string, clash: boolean])[] = [
  ['127.0.0.1', '127.0.0.1', true],
  ['127.0.0.1', '127.0.0.2', false],
  ['0.0.0.0', '10.0.0.1', true],
  ['10.0.0.1', '::', true],
  ['::1', '::', true],
  ['::1', '0.0.0.0', false],
];

for (const [a, b, clash] of PAIRS) {
  it(`${clash ? 'does not let' : 'lets'} ${a} and ${b} share a port`, () => {
    assert.is(clashes([tcp(a, 80), tcp(b, 80)]).length, clash ? 1 : 0);
    assert.is(clashes([tcp(a, 80), tcp(b, 81)]).length, 0);
  });
}

it.run();
