import { suite } from 'uvu';
import { unless } from '../runner/needs.js';
import { wrkLacks } from './load.js';
import { lacking } from './templates.js';
import { twentyReloads } from './twenty-reloads.js';

const it = suite('twenty reloads under load');

unless(lacking('python') ?? wrkLacks, it)(
  'python: no request is lost, and never are fewer than four ready',
  () => twentyReloads('python'),
);

it.run();
