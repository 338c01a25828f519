import type { AppStatus, GroupStatus, WorkerStatus } from '../control/protocol.js';
import type { Ink, Paint } from './colour.js';
import { type Cell, type Column, type Row, table } from './table.js';
import { cut, cutStart, textWidth } from './text-width.js';
import { troubleWords } from './trouble-words.js';
import { shortSpan, size, span } from './units.js';
import { lastExitWords } from './words.js';

/** The whole status as lines: a header, one line a group with its workers, and what is wrong. */
export function statusWords(status: AppStatus, width: number, paint: Paint, at = ''): string[] {
  const rows = status.groups.flatMap((group) => [groupRow(group), ...group.workers.map(workerRow)]);
  const trouble = troubleWords(status, at);
  return [
    header(status, width, paint),
    '',
    ...table(COLUMNS, rows, width, paint),
    ...(trouble.length > 0 ? [''] : []),
    ...trouble.map((line) => troubleLine(line, width, paint)),
  ];
}

const COLUMNS: readonly Column[] = [
  { title: 'WORKER', least: 12 },
  { title: 'STATE' },
  { title: 'PID', right: true },
  { title: 'UP', right: true },
  { title: 'RESTARTS', right: true, expendable: 2 },
  { title: 'CPU', right: true, expendable: 3 },
  { title: 'MEM', right: true, expendable: 1 },
  { title: 'NOTE', least: 12 },
];

function header(status: AppStatus, width: number, paint: Paint): string {
  const facts = `  master ${status.pid}, up ${span(status.uptime)}, `;
  const room = Math.max(16, width - textWidth(status.app) - textWidth(facts));
  return paint('bold', status.app) + facts + cutStart(status.file, room);
}

/** Only what programs wrote is cut: commands are there to be copied. */
function troubleLine(line: string, width: number, paint: Paint): string {
  if (line.startsWith('    ')) return paint('dim', cut(line, width));
  return line.startsWith(' ') ? line : paint('yellow', line);
}

function groupRow(group: GroupStatus): Row {
  const note = [group.job === null ? '' : `${group.job} under way`, ...group.listen].filter(
    (part) => part !== '',
  );
  const memory = sum(group.workers.map((worker) => worker.memory));
  const cpu = sum(group.workers.map((worker) => worker.cpu));
  return [
    { text: group.group, ink: 'bold' },
    groupState(group),
    { text: '' },
    { text: '' },
    { text: '' },
    percent(cpu),
    bytes(memory),
    { text: note.join(', ') },
  ];
}

function groupState({ wanted, ready, workers }: GroupStatus): Cell {
  if (workers.every(({ phase }) => phase === 'idle')) return { text: 'stopped', ink: 'dim' };
  return { text: `${ready}/${wanted} ready`, ink: ready >= wanted ? 'green' : 'yellow' };
}

function workerRow(worker: WorkerStatus): Row {
  const [state, ink] = worker.crashLooping && worker.phase !== 'ready' ? CRASH_LOOPING : PHASES[worker.phase];
  return [
    { text: `  ${worker.worker}` },
    { text: state, ink },
    { text: worker.pid === null ? '-' : String(worker.pid) },
    { text: worker.uptime === null ? '-' : shortSpan(worker.uptime) },
    { text: String(worker.restarts), ink: worker.restarts > 0 ? 'yellow' : null },
    percent(worker.cpu),
    bytes(worker.memory),
    { text: workerNote(worker), ink: 'dim' },
  ];
}

const CRASH_LOOPING: readonly [string, Ink] = ['crash-looping', 'red'];
const PHASES: { readonly [P in WorkerStatus['phase']]: readonly [string, Ink] } = {
  idle: ['stopped', 'dim'],
  starting: ['starting', 'yellow'],
  ready: ['ready', 'green'],
  stopping: ['stopping', 'yellow'],
  waiting: ['waiting', 'yellow'],
  ended: ['ended', 'dim'],
  failed: ['failed', 'red'],
};

function workerNote(worker: WorkerStatus): string {
  const parts = [
    worker.part === 'holder' ? '' : worker.part,
    worker.says ?? '',
    worker.nextTryIn === null ? '' : `retry in ${span(worker.nextTryIn)}`,
    worker.last === null ? '' : lastExitWords(worker.last),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function percent(value: number | null): Cell {
  return { text: value === null ? '-' : `${value < 9.95 ? value.toFixed(1) : Math.round(value)}%` };
}

function bytes(value: number | null): Cell {
  return { text: value === null ? '-' : size(value) };
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
