import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unnoticed } from './mutate.js';

const it = suite('simulation/mutate');

it('each acting cell of the table is guarded by a unit test', async () => {
  const { cells, missed } = await unnoticed();
  assert.ok(cells.length >= 20, `only ${cells.length} cells were found`);
  assert.equal(missed, []);
});

it.run();
