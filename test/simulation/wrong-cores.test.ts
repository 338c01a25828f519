import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChangedCore } from './changed-core.js';
import { simulate } from './simulate.js';
import { WRONG_CORES } from './wrong-cores.js';

const it = suite('simulation/wrong-cores');

for (const [name, edits] of Object.entries(WRONG_CORES))
  it(`catches a core that ${name}`, async () => {
    const changed = new ChangedCore();
    try {
      for (const edit of edits) changed.change(edit);
      const { failure } = simulate(1, 20_000, await changed.load());
      assert.ok(failure, 'it was not caught in 20,000 histories');
      if (process.env['SUP_SAY'])
        console.log(`${name}: seed ${failure.seed}: ${failure.law}: ${failure.detail}`);
    } finally {
      changed.remove();
    }
  });

it.run();
