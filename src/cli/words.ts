import type {
  ChangeReport,
  Fact,
  LastExit,
  SignalReport,
  StartReport,
  StopReport,
} from '../control/protocol.js';
import type { GroupChange } from '../group/changes.js';
import { amount, size, span } from './units.js';

/** A fact as a sentence; master.log, `events`, progress and the foreground all say it in these words. */
export function factWords(fact: Fact): string {
  switch (fact.kind) {
    case 'worker':
      return `${fact.worker}${fact.part === 'newcomer' ? ' (newcomer)' : ''} ${workerWords(fact)}`;
    case 'job':
      return `${fact.job} of ${fact.group} ${fact.state}${fact.reason ? `: ${fact.reason}` : ''}`;
    case 'app':
      return `the app ${APP_WORDS[fact.state]}${fact.detail ? `: ${fact.detail}` : ''}`;
    case 'says':
      return `${fact.worker} says: ${fact.text}`;
    case 'loss':
      return `${fact.worker} lost ${size(fact.bytes)} of its log: ${fact.reason}`;
    default:
      return fact satisfies never;
  }
}

const APP_WORDS = {
  started: 'started',
  stopping: 'is stopping',
  stopped: 'stopped',
  reread: 'was read again',
};

type WorkerFact = Extract<Fact, { kind: 'worker' }>;

function workerWords(fact: WorkerFact): string {
  const why = fact.last ? `: ${fact.last.reason}` : '';
  switch (fact.phase) {
    case 'starting':
      return `starts${fact.pid === null ? '' : ` (pid ${fact.pid})`}`;
    case 'ready':
      return 'is ready';
    case 'stopping':
      return 'is stopping';
    case 'waiting':
      return `${fact.crashLooping ? 'is crash-looping' : 'died'}${why}${nextTry(fact.nextTryIn)}`;
    case 'ended':
      return `ended${why}`;
    case 'failed':
      return `gave up${why}`;
    case 'idle':
      return 'stopped';
    default:
      return fact.phase satisfies never;
  }
}

function nextTry(wait: number | null): string {
  return wait === null ? '' : `, next try in ${span(wait)}`;
}

/** `exit 1, 3 s ago`. */
export function lastExitWords(last: LastExit): string {
  return `${last.reason}, ${span(last.ago)} ago`;
}

/** Many workers in few words: `web (4), chat.1`. */
export function crowd(workers: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const worker of workers) {
    const group = worker.slice(0, worker.lastIndexOf('.'));
    groups.set(group, [...(groups.get(group) ?? []), worker]);
  }
  return [...groups]
    .map(([group, all]) => (all.length === 1 ? all[0] : `${group} (${all.length})`))
    .join(', ');
}

export function startWords(report: StartReport): string[] {
  const already = report.already.length > 0 ? [`already running: ${crowd(report.already)}`] : [];
  return [
    ...already,
    report.started.length > 0 ? `started: ${crowd(report.started)}` : 'nothing was missing',
  ];
}

/** Where it listens, and what to type next; `sup` is how that program is called here. */
export function nextWords({ status }: StartReport, sup: string, at: string): string[] {
  const doors = status.groups.flatMap(({ group, listen }) =>
    listen.map((where) => `${group} listens on ${where}${urlOf(where)}`),
  );
  return [...doors, `Next: ${['logs', 'reload', 'stop'].map((verb) => `${sup} ${verb}${at}`).join('  ·  ')}`];
}

/** Of a TCP address as a browser on this machine takes it. */
function urlOf(where: string): string {
  const [, port] = /^(?:0\.0\.0\.0|127\.0\.0\.1|\[::1?\]|localhost):(\d+)$/.exec(where) ?? [];
  return port ? `, try http://localhost:${port}/` : '';
}

export function stopWords(report: StopReport): string[] {
  const stopped = report.stopped.length > 0 ? `stopped: ${crowd(report.stopped)}` : 'nothing was running';
  return report.masterEnds ? [stopped, 'the master has ended'] : [stopped];
}

export function signalWords(report: SignalReport, signal: string): string[] {
  if (report.sent.length === 0) return ['nothing was running'];
  return report.sent.map(({ worker, pid }) => `${signal} sent to ${worker} (pid ${pid})`);
}

/** One line a group, and a last one on the whole. */
export function changeWords(report: ChangeReport): string[] {
  const lines = report.changes.map(
    (change) => `${change.group}: ${report.plan ? 'would ' : ''}${changeWord(change, report.plan)}`,
  );
  if (report.plan) return [...lines, 'this is a plan, nothing was touched'];
  const idle = report.changes.every(({ does }) => does === 'nothing');
  return [...lines, idle ? 'nothing to do' : `done in ${span(report.took)}`];
}

function changeWord(change: GroupChange, plan: boolean): string {
  const { does, workers, count } = change;
  const why = change.keys.length > 0 ? ` (${change.keys.join(', ')})` : '';
  const [would, did] = CHANGE_WORDS[does];
  const word = plan ? would : did;
  if (does === 'nothing') return plan ? 'stay as it is' : word;
  if (does === 'adjust') return word + why;
  if (does === 'scale') return `${word} from ${count.from} to ${amount(count.to, 'worker')}${why}`;
  const also =
    count.from !== count.to && does !== 'add' && does !== 'remove'
      ? `, count ${count.from} → ${count.to}`
      : '';
  return `${word} ${amount(workers.length, 'worker')}${also}${why}`;
}

const CHANGE_WORDS: { readonly [D in GroupChange['does']]: readonly [would: string, did: string] } = {
  nothing: ['stay as it is', 'unchanged'],
  add: ['be added with', 'added with'],
  remove: ['be removed with', 'removed with'],
  replace: ['replace', 'replaced'],
  signal: ['signal', 'signalled'],
  adjust: ['be adjusted in place', 'adjusted in place'],
  scale: ['be scaled', 'scaled'],
  restart: ['restart', 'restarted'],
};

/** A fact with its time of day, as `events` shows it. */
export function eventWords(fact: Fact): string {
  return `${fact.at}  ${factWords(fact)}`;
}
