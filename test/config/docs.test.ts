import { suite } from 'uvu';
import { configDocs } from '../../src/config/docs.js';
import { assertGenerated } from './generated.js';

const it = suite('docs');

it('is what docs/config.md says', () => assertGenerated('docs/config.md', configDocs()));

it.run();
