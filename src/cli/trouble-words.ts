import type { AppStatus, WorkerStatus } from '../control/protocol.js';
import { amount, size, span } from './units.js';

/** What is wrong, a sentence each, with the next command to type; `at` is how that command names the app. */
export function troubleWords(status: AppStatus, at: string): string[] {
  const troubled = status.groups.flatMap(({ workers }) => workers.filter(isTroubled));
  const more = troubled.length - SHOWN;
  return [
    ...troubled.slice(0, SHOWN).flatMap((worker) => workerTrouble(worker, at)),
    ...(more > 0 ? [`${amount(more, 'other worker')} in trouble, too`] : []),
    ...configTrouble(status, at),
    ...logTrouble(status),
  ];
}

const SHOWN = 3;
const TAIL = 3;

function isTroubled({ crashLooping, phase }: WorkerStatus): boolean {
  return (crashLooping && phase !== 'ready') || phase === 'failed';
}

function workerTrouble(worker: WorkerStatus, at: string): string[] {
  const what = worker.phase === 'failed' ? 'gave up' : 'is crash-looping';
  const when = worker.nextTryIn === null ? '' : `, next try in ${span(worker.nextTryIn)}`;
  const why = worker.last === null ? '' : `: ${worker.last.reason}`;
  const tail = (worker.last?.tail ?? []).slice(-TAIL).map((line) => `    ${line}`);
  const next = `  Next: sup logs${at} ${worker.worker}${worker.phase === 'failed' ? `, then sup restart${at} ${worker.worker}` : ''}`;
  return [`${worker.worker} ${what}${why} (${amount(worker.restarts, 'restart')}${when})`, ...tail, next];
}

function configTrouble({ config, file }: AppStatus, at: string): string[] {
  switch (config) {
    case 'same':
      return [];
    case 'changed':
      return [`${file} is not what runs`, `  Next: sup apply${at} --plan`];
    case 'invalid':
      return [`${file} is invalid, what runs is what it was`, `  Next: sup check -c ${file}`];
    case 'missing':
      return [`${file} is gone, what runs is what it was`];
    default:
      return config satisfies never;
  }
}

function logTrouble({ lostLogBytes, logDir }: AppStatus): string[] {
  return lostLogBytes === 0
    ? []
    : [`${size(lostLogBytes)} of log could not be written: is there room in ${logDir}?`];
}
