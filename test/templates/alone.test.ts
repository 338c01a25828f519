import { suite } from 'uvu';
import { missing, unless } from '../runner/needs.js';
import { provesAlone } from './alone.js';
import { template } from './load.js';

const it = suite('templates without sup');

it('node: opens the port by itself', () => provesAlone([process.execPath, 'server.mjs'], template('node')));

unless(missing('python3'), it)('python: opens the port by itself', () =>
  provesAlone(['python3', 'server.py'], template('python')),
);

unless(missing('php'), it)('php: opens the port by itself', () =>
  provesAlone(['php', 'server.php'], template('php')),
);

it.run();
