import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { web } from './loaded.js';

const it = suite('listen');

const SOCKETS: readonly (readonly [string, unknown])[] = [
  ['3000', { name: 'main', kind: 'tcp', host: '0.0.0.0', port: 3000 }],
  ['":3000"', { name: 'main', kind: 'tcp', host: '0.0.0.0', port: 3000 }],
  ['localhost:3000', { name: 'main', kind: 'tcp', host: '127.0.0.1', port: 3000 }],
  ['"[0:0::1]:3000"', { name: 'main', kind: 'tcp', host: '::1', port: 3000 }],
  ['{ http: "10.0.0.1:80" }', { name: 'http', kind: 'tcp', host: '10.0.0.1', port: 80 }],
  [
    'unix:/run/x.sock',
    { name: 'main', kind: 'unix', path: '/run/x.sock', mode: 0o660, user: null, group: null },
  ],
  [
    '{ a: { unix: /run/x.sock, mode: "0600", user: root, group: root } }',
    { name: 'a', kind: 'unix', path: '/run/x.sock', mode: 0o600, user: 'root', group: 'root' },
  ],
];

for (const [written, socket] of SOCKETS) {
  it(`listens on ${written}`, () => assert.equal(web([`listen: ${written}`]).listen, [socket]));
}

it('resolves paths of socket files from the folder of sup.yaml', () => {
  const { listen, ready, cwd } = web(['listen: unix:run/a', 'ready: { http: /, unix: run/b }']);
  assert.is(listen[0]?.kind === 'unix' && listen[0].path, join(cwd, 'run/a'));
  assert.equal(ready.by === 'http' && ready.target, { kind: 'unix', path: join(cwd, 'run/b') });
});

it.run();
