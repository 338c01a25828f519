import { BEFORE } from './docs-prose.js';
import { everySpot, keysWithin, named, type Spot } from './explain.js';
import type { Key, Keys } from './field.js';
import { appKeys } from './schema.js';
import { sharedKeys, workerKeys } from './worker-schema.js';

/** docs/config.md: the page on sup.yaml. */
export function configDocs(): string {
  const file = section('The file', 'What stands at the top.', appKeys, new Set(Object.keys(sharedKeys)));
  const worker = section('A worker', 'What stands under its name in `workers`.', workerKeys, new Set());
  const inWorker = everySpot().filter(
    ({ path, inner }) => path[1] === '*' && Object.keys(keysWithin(inner)).length > 0,
  );
  return `${[BEFORE, file, worker, ...inWorker.map(within)].join('\n\n')}\n`;
}

function within({ path, about, inner }: Spot): string {
  const name = path.slice(2).join('.');
  const rows = named(inner) ? `Each socket may be a map:` : shortForm(about);
  return section(`\`${name}\``, `${about.doc} ${rows}`.trim(), keysWithin(inner), new Set());
}

/** Maps that may be written as one word say so in what they take. */
function shortForm({ field }: Key<unknown>): string {
  const [word, map] = field.expected.split(', or ');
  return map === undefined ? '' : `One word alone will do, too: ${word}.`;
}

function section(title: string, intro: string, keys: Keys, elsewhere: ReadonlySet<string>): string {
  const here = Object.entries(keys).filter(([name]) => !elsewhere.has(name));
  const rows = here.map(([name, key]) => row(name, key));
  const rest = elsewhere.size === 0 ? [] : ['', shared([...elsewhere])];
  const head = ['| key | takes | default | what it does |', '| --- | --- | --- | --- |'];
  return [`## ${title}`, '', intro, '', ...head, ...rows, ...rest].join('\n');
}

function shared(names: readonly string[]): string {
  const list = names.map((name) => `\`${name}\``).join(', ');
  return `These may stand here, too, as the defaults of every worker: ${list}. Maps are merged key by key, and the worker's own values win.`;
}

function row(name: string, key: Key<unknown>): string {
  const example = `<br>\`${name}: ${key.example}\``;
  return `| \`${name}\` | ${cell(key.field.expected)} | ${cell(defaultOf(key))} | ${cell(key.doc)} ${cell(example)} |`;
}

function defaultOf({ shown, otherwise, required, field }: Key<unknown>): string {
  if (required) return 'required';
  if (shown !== null) return `\`${shown}\``;
  return otherwise ?? (field.inner && 'keys' in field.inner ? 'those of its keys' : 'none');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
