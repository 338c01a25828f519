import { suite } from 'uvu';
import { missing, unless } from '../runner/needs.js';
import { PRELOAD } from '../support/project.js';
import { provesTemplate, template } from './load.js';

const it = suite('templates under load');

it('node: ten replaces lose no request, and the app knows nothing of sup', () =>
  provesTemplate({ command: [process.execPath, 'server.mjs'], cwd: template('node'), preload: PRELOAD }));

unless(missing('python3'), it)('python: ten replaces lose no request', () =>
  provesTemplate({ command: ['python3', 'server.py'], cwd: template('python') }),
);

unless(missing('php'), it)('php: ten replaces lose no request', () =>
  provesTemplate({ command: ['php', 'server.php'], cwd: template('php') }),
);

it.run();
