import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkConfig } from '../../src/config/load.js';
import { PROJECT } from '../support/project.js';

const it = suite('sup.yaml of the templates');

for (const name of ['node', 'php', 'python', 'static']) {
  it(`${name}: four workers behind one port, which the environment may choose`, () => {
    const { config, problems } = checkConfig(join(PROJECT, 'templates/init', name, 'sup.yaml'), {
      PORT: '8123',
    });
    // The program of the static template is only there when it was built.
    assert.equal(
      problems.filter(({ message }) => !message.includes('./server')),
      [],
    );
    const web = config?.groups[0];
    if (name !== 'static') assert.equal([web?.count, web?.listen, web?.env['PORT']], [4, [LISTEN], '8123']);
  });
}

const LISTEN = { name: 'http', kind: 'tcp', host: '0.0.0.0', port: 8123 };

it.run();
