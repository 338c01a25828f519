import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ChangedCore } from './changed-core.js';

/** A cell of the table that does something: where a worker is, and what happens to it. */
export type Cell = { readonly phase: string; readonly event: string };

const TABLE = 'worker/step.js';
const TESTS = ['test/worker', 'test/group'];
const JUDGE = 'test/worker/step.test.js';

/** Every acting cell in turn does nothing instead; those that no test of the table notices. */
export async function unnoticed(): Promise<{
  readonly cells: readonly Cell[];
  readonly missed: readonly Cell[];
}> {
  const changed = new ChangedCore(TESTS);
  try {
    const table = changed.read(TABLE);
    if (isNoticed(changed)) throw new Error(`${JUDGE} fails with the right table`);
    const cells = await actingCells(changed, table);
    const missed = cells.filter(({ phase, event }) => {
      changed.write(TABLE, `${table}\nMOVES.${phase}.${event} = stay;\n`);
      return !isNoticed(changed);
    });
    return { cells, missed };
  } finally {
    changed.remove();
  }
}

const isNoticed = (changed: ChangedCore): boolean => {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  return spawnSync(process.execPath, [changed.path(JUDGE)], { env, timeout: 60_000 }).status !== 0;
};

/** The table is nobody's business but its own, so it is asked in a copy that shows it. */
async function actingCells(changed: ChangedCore, table: string): Promise<readonly Cell[]> {
  changed.write('worker/table.js', `${table}\nexport { MOVES, stay };\n`);
  const { MOVES, stay } = await import(pathToFileURL(changed.path('src/worker/table.js')).href);
  return Object.entries<Record<string, unknown>>(MOVES).flatMap(([phase, row]) =>
    Object.keys(row)
      .filter((event) => row[event] !== stay)
      .map((event) => ({ phase, event })),
  );
}
