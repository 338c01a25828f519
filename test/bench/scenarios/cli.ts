import { type Column, rowsOf } from '../report.js';
import { Samples } from '../samples.js';
import { inTurn, type Run, type Scenario } from '../scenario.js';
import { besideEachOther } from '../started.js';

const WORKERS = 4;

export const cli: Scenario = {
  name: 'cli',
  measure: async (run) => {
    const rounds = run.quick ? 3 : 30;
    const samples = new Samples(run.say);
    await ask(run, rounds, samples);
    const rows = rowsOf(run.peers, [COLUMN], (peer, column) => samples.of(peer, column));
    return [{ title: 'The command that prints the status', about: aboutOf(rounds), columns: [COLUMN], rows }];
  },
};

const COLUMN: Column = { title: 'status', unit: 'ms', better: 'less' };

const aboutOf = (rounds: number): string =>
  [
    `\`sup status\`, \`pm2 ls\` and \`supervisorctl status\` with ${WORKERS} workers up, ${rounds} times in turn,`,
    'from its start to its exit; the floor is `node -e 0`.',
  ].join(' ');

function ask({ peers }: Run, rounds: number, samples: Samples): Promise<void> {
  const failed = (peer: { name: string }, error: Error) => samples.fail(peer.name, COLUMN.title, error);
  return besideEachOther(
    peers,
    () => ({ count: WORKERS, port: null }),
    failed,
    async (all) => {
      for (const { peer, place, running } of inTurn(all, rounds))
        await samples.try(peer.name, COLUMN.title, async () => {
          const since = performance.now();
          await place.run(running.status);
          return performance.now() - since;
        });
    },
  );
}
