import { targetAddress } from './address.js';
import { type At, optional, type Read } from './field.js';
import { anyText, commandLine, pattern, scalar, span, Wrong, whole, words } from './scalars.js';
import { forms, type Rule, shape, strictListOf } from './structures.js';
import { showSpan } from './units.js';

export const commandField = forms({ scalar: commandLine, list: strictListOf(anyText, 'a list of words') });

const yes = scalar('true', { const: true }, (given) => given === 'true' || new Wrong());

const httpPath = scalar(
  'a path such as /healthz, or a http:// address',
  { type: 'string', pattern: '^(/|http://|\\$\\{)' },
  (given) => {
    if (/^\/\S*$/.test(given)) return given;
    if (/^https:/.test(given)) return new Wrong('readiness is asked over plain http only');
    return /^http:\/\//.test(given) && URL.canParse(given) ? given : new Wrong();
  },
);

export const WAYS = ['notify', 'ipc', 'fd', 'http', 'tcp', 'log', 'command', 'after'] as const;

const keys = {
  notify: optional(yes, null, {
    doc: 'It sends `READY=1` to `$NOTIFY_SOCKET`, as programs for systemd do.',
    example: 'true',
    also: ['sd_notify', 'systemd'],
  }),
  ipc: optional(yes, null, {
    doc: "It calls `process.send('ready')`, as Node programs for PM2 do.",
    example: 'true',
  }),
  fd: optional(whole(3, 99), null, {
    doc: 'It writes a newline to this descriptor, as programs for s6 do. Held sockets come first: with two of them, 5 is free.',
    example: '3',
  }),
  http: optional(httpPath, null, {
    doc: 'A GET of this path answers 2xx or 3xx. It goes to the first `listen` of the group, unless `host`, `port` or `unix` (or a whole address) say otherwise.',
    example: '/healthz',
    also: ['url', 'path'],
  }),
  tcp: optional(targetAddress, null, {
    doc: 'Something accepts connections here; a bare port is one of 127.0.0.1.',
    example: '5432',
  }),
  log: optional(pattern, null, {
    doc: 'A line of its output matches this regular expression.',
    example: '/listening on \\d+/',
  }),
  command: optional(commandField, null, {
    doc: 'This command, run again and again, exits with 0.',
    example: 'redis-cli ping',
    also: ['exec', 'cmd'],
  }),
  after: optional(span(), null, { doc: 'It is still up after this time.', example: '2s' }),
  within: optional(span(1), '`30s`', {
    doc: 'The time that a start has to become ready; after it the start has failed.',
    example: '1m',
    also: ['timeout'],
  }),
  host: optional(words('a host'), 'that of the first listen', {
    doc: 'With `http`: the host to ask.',
    example: '127.0.0.1',
  }),
  port: optional(whole(1, 65535), 'that of the first listen', {
    doc: 'With `http`: the port to ask.',
    example: '8081',
  }),
  unix: optional(words('a path'), null, {
    doc: 'With `http`: the socket file to ask.',
    example: 'run/admin.sock',
  }),
};

const TARGET = ['host', 'port', 'unix'] as const;

const oneWay: Rule<typeof keys> = (values, written, at) => {
  const ways = WAYS.filter((way) => written.includes(way));
  if (ways.length !== 1)
    at.report(
      ways.length === 0 ? 'says no way to tell' : `names ${ways.length} ways (${ways.join(', ')})`,
      `exactly one of ${WAYS.join(', ')}`,
    );
  for (const key of TARGET) if (written.includes(key)) targetRule(values, written, at.key(key));
  if (values.after && values.within && values.within <= values.after)
    at.key('within').report(`must be longer than after (${showSpan(values.after)})`);
};

function targetRule({ http }: { readonly http?: string | null }, written: readonly string[], at: At): void {
  if (!written.includes('http')) at.report('goes with `http` only', undefined, 'key');
  else if (http && !http.startsWith('/')) at.report('`http` names a whole address already', undefined, 'key');
  else if (at.path.at(-1) === 'unix' && (written.includes('host') || written.includes('port'))) {
    at.report('goes without `host` and `port`', undefined, 'key');
  }
}

const WORDS = ['notify', 'ipc', 'fd'] as const;
const word = scalar('notify, ipc or fd', { enum: WORDS }, (given) => {
  const map = given.startsWith('/') ? `http: ${given}` : 'log: /listening/';
  return WORDS.find((each) => each === given) ?? new Wrong(undefined, `other ways are maps: { ${map} }`);
});

const readyMap = shape(keys, oneWay);
export type ReadyFile = Read<typeof readyField>;
export const readyField = forms({ scalar: word, map: readyMap });
