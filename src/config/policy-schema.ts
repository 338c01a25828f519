import type { LimitName } from './app.js';
import { defaulted, type Field, type Key } from './field.js';
import { choice, flag, orWord, signal, size, span, whole } from './scalars.js';
import { listOf, type Rule, shape, shortOr } from './structures.js';
import { showSpan } from './units.js';

const reloadKeys = {
  by: defaulted(choice('replace', 'signal'), 'replace', {
    doc: '`replace` starts a new process, waits until it is ready, then stops the old one. `signal` is for programs that reload themselves.',
    example: 'signal',
  }),
  signal: defaulted(signal, 'SIGHUP', {
    doc: 'With `by: signal`: the signal that tells it to.',
    example: 'SIGUSR1',
  }),
  batch: defaulted(whole(1, 10_000), '1', { doc: 'How many workers are replaced at a time.', example: '2' }),
};

const reloadRule: Rule<typeof reloadKeys> = ({ by }, written, at) => {
  if (by === 'replace' && written.includes('signal')) {
    at.key('signal').report('goes with `by: signal` only', 'workers are stopped by `stop.signal`', 'key');
  }
};

const by = choice('replace', 'signal');
export const reloadField = shortOr('by', by, shape(reloadKeys, reloadRule));

export const stopField = shape({
  signal: defaulted(signal, 'SIGTERM', {
    doc: 'The signal that asks it to end, to its whole process group.',
    example: 'SIGINT',
  }),
  timeout: defaulted(span(), '10s', {
    doc: 'How long it may take to end; then all that is left of it is killed.',
    example: '30s',
    also: ['kill_timeout', 'stopwaitsecs', 'grace'],
  }),
  drain: defaulted(span(), '3s', {
    doc: 'How long a Node worker that is told to end leaves idle keep-alive connections open, so that none is cut off in mid-request.',
    example: '5s',
  }),
});

const restartKeys = {
  when: defaulted(choice('always', 'on-failure', 'never'), 'always', {
    doc: 'Which ends are followed by a new start. `on-failure` leaves out the exit codes in `codes`.',
    example: 'on-failure',
    also: ['policy'],
  }),
  codes: defaulted(listOf(whole(0, 255), 'exit codes'), ['0'], {
    doc: 'The exit codes that are no failure.',
    example: '[0, 3]',
  }),
  from: defaulted(span(10), '100ms', {
    doc: 'The pause before the second try; each next one is twice as long. The first death after a stable life is followed by a start at once.',
    example: '1s',
    also: ['delay', 'restart_delay'],
  }),
  to: defaulted(span(10), '30s', { doc: 'The longest pause.', example: '5m', also: ['max'] }),
  stable: defaulted(span(), '10s', {
    doc: 'A life of this length is stable: it wipes the count of deaths.',
    example: '1m',
    also: ['min_uptime', 'startsecs'],
  }),
  attempts: defaulted(orWord(whole(1, 1_000_000), 'unlimited', null), 'unlimited', {
    doc: 'Give up after so many deaths in a row.',
    example: '5',
    also: ['max_restarts', 'startretries', 'retries'],
  }),
};

const restartRule: Rule<typeof restartKeys> = ({ from, to }, written, at) => {
  if (from === undefined || to === undefined || from <= to) return;
  at.key(written.includes('to') ? 'to' : 'from').report(
    `from (${showSpan(from)}) is longer than to (${showSpan(to)})`,
  );
};

const when = choice('always', 'on-failure', 'never');
export const restartField = shortOr('when', when, shape(restartKeys, restartRule));

export const logsField = shape({
  rotate: defaulted(size(1024), '50M', {
    doc: 'A file that would pass this size is put aside, and a new one begun.',
    example: '100M',
    also: ['max_size'],
  }),
  every: defaulted(orWord(span(1000), 'never', null), 'never', {
    doc: 'A file of this age is put aside, too.',
    example: '1d',
  }),
  keep: defaulted(whole(0, 10_000), '10', {
    doc: 'How many files that were put aside are kept.',
    example: '30',
    also: ['retain'],
  }),
  compress: defaulted(flag, 'true', {
    doc: 'Whether files that were put aside are compressed by gzip.',
    example: 'false',
    also: ['gzip'],
  }),
});

const amount = orWord(whole(0, Number.MAX_SAFE_INTEGER), 'unlimited', null);
const bytes = orWord(size(0), 'unlimited', null);
type LimitKey = Key<number | null | undefined>;

const limit = (field: Field<number | null>, doc: string, example: string): LimitKey => {
  return {
    field,
    doc,
    example,
    absent: undefined,
    required: false,
    shown: null,
    otherwise: 'that of the master',
  };
};

const limitKeys: { readonly [K in LimitName]: LimitKey } = {
  nofile: limit(amount, 'Open files.', '65536'),
  nproc: limit(amount, 'Processes and threads of the user.', '512'),
  core: limit(bytes, 'The size of a core dump.', '0'),
  memlock: limit(bytes, 'Memory locked into RAM.', 'unlimited'),
  stack: limit(bytes, 'The stack of the main thread.', '16M'),
  fsize: limit(bytes, 'The size of a file that it writes.', '1G'),
  as: limit(bytes, 'The address space.', '4G'),
  cpu: limit(amount, 'Seconds of CPU time.', '3600'),
};
export const limitsField = shape(limitKeys);
