import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { web } from './loaded.js';

const it = suite('ready');

const HERE = { kind: 'tcp', host: '127.0.0.1', port: 3000 };
const READY: readonly (readonly [string, string, unknown])[] = [
  ['listen: 3000', '', { by: 'tcp', target: HERE, within: 30_000 }],
  [
    'listen: "[::]:3000"',
    '',
    { by: 'tcp', target: { kind: 'tcp', host: '::1', port: 3000 }, within: 30_000 },
  ],
  ['listen: unix:/run/x', '', { by: 'tcp', target: { kind: 'unix', path: '/run/x' }, within: 30_000 }],
  ['listen: 3000', 'ready: notify', { by: 'notify', within: 30_000 }],
  ['', 'ready: ipc', { by: 'ipc', within: 30_000 }],
  ['', 'ready: fd', { by: 'fd', fd: 3, within: 30_000 }],
  ['listen: { a: 1, b: 2 }', 'ready: fd', { by: 'fd', fd: 5, within: 30_000 }],
  ['listen: { a: 1, b: 2 }', 'ready: { fd: 7, within: 1s }', { by: 'fd', fd: 7, within: 1000 }],
  ['', 'ready: { notify: true, within: 1m }', { by: 'notify', within: 60_000 }],
  [
    'listen: { a: 3000, b: 1 }',
    'ready: { http: /up }',
    { by: 'http', target: HERE, path: '/up', within: 30_000 },
  ],
  [
    'listen: unix:/run/x',
    'ready: { http: / }',
    { by: 'http', target: { kind: 'unix', path: '/run/x' }, path: '/', within: 30_000 },
  ],
  ['', 'ready: { http: /, port: 3000 }', { by: 'http', target: HERE, path: '/', within: 30_000 }],
  [
    'listen: 3000',
    'ready: { http: /, host: localhost }',
    { by: 'http', target: { ...HERE, host: 'localhost' }, path: '/', within: 30_000 },
  ],
  [
    '',
    'ready: { http: /, unix: /run/y }',
    { by: 'http', target: { kind: 'unix', path: '/run/y' }, path: '/', within: 30_000 },
  ],
  [
    '',
    'ready: { http: "http://[::1]/a?b" }',
    { by: 'http', target: { kind: 'tcp', host: '::1', port: 80 }, path: '/a?b', within: 30_000 },
  ],
  ['', 'ready: { tcp: 3000 }', { by: 'tcp', target: HERE, within: 30_000 }],
  [
    '',
    'ready: { tcp: db.local:5432 }',
    { by: 'tcp', target: { kind: 'tcp', host: 'db.local', port: 5432 }, within: 30_000 },
  ],
  ['', 'ready: { log: /^up \\d+$/ }', { by: 'log', pattern: '^up \\d+$', within: 30_000 }],
  ['', 'ready: { log: listening }', { by: 'log', pattern: 'listening', within: 30_000 }],
  [
    '',
    "ready: { command: sh -c 'exit 0' }",
    { by: 'command', command: ['sh', '-c', 'exit 0'], within: 30_000 },
  ],
  ['', 'ready: { after: 2s }', { by: 'after', wait: 2000, within: 30_000 }],
  ['', 'ready: { after: 1m }', { by: 'after', wait: 60_000, within: 70_000 }],
];

for (const [listen, ready, expected] of READY) {
  const lines = [listen, ready].filter((line) => line !== '');
  it(`is ready by ${lines.join(', ')}`, () => assert.equal(web(lines).ready, expected));
}

it.run();
