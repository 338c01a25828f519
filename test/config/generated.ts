import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { PROJECT } from '../support/project.js';

/** The file of the project says the same; under SUP_CAPTURE=1 it is made to. */
export function assertGenerated(path: string, text: string): void {
  const file = join(PROJECT, path);
  if (process.env['SUP_CAPTURE'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  assert.is(readFileSync(file, 'utf8'), text, `${path} is old: run the tests with SUP_CAPTURE=1`);
}
