export type Dotenv = {
  readonly values: ReadonlyMap<string, string>;
  readonly faults: readonly { line: number; message: string }[];
};

const START = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*/;
const QUOTED = /^(?:"((?:\\[\s\S]|[^"\\])*)"|'([^']*)')[ \t]*(?:#.*)?(?=\n|$)/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\n': '' };

/** NAME=value lines; `export`, comments, and quotes (over several lines too) as everybody writes them. Nothing is expanded. */
export function parseDotenv(text: string): Dotenv {
  const values = new Map<string, string>();
  const faults: { line: number; message: string }[] = [];
  let rest = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  let line = 1;
  while (rest !== '') {
    const { length, name, value, fault } = readEntry(rest);
    if (fault !== undefined) faults.push({ line, message: fault });
    else if (name !== undefined) values.set(name, value);
    line += rest.slice(0, length).split('\n').length - 1;
    rest = rest.slice(length);
  }
  return { values, faults };
}

type Read = {
  readonly length: number;
  readonly name?: string;
  readonly value: string;
  readonly fault?: string;
};

function readEntry(text: string): Read {
  const line = firstLine(text);
  const start = START.exec(line);
  if (!start)
    return {
      length: line.length + 1,
      value: '',
      ...(/^\s*(#|$)/.test(line) ? {} : { fault: 'expected NAME=value' }),
    };
  const [before, name = ''] = start;
  const { length, value, fault } = readValue(text.slice(before.length));
  const wrong = fault ?? (value.includes('\0') ? 'contains a NUL character' : undefined);
  return {
    length: before.length + length + 1,
    name,
    value,
    ...(wrong === undefined ? {} : { fault: `${name}: ${wrong}` }),
  };
}

function readValue(text: string): Read {
  const line = firstLine(text);
  if (!/^["']/.test(text)) return { length: line.length, value: line.replace(/(^|\s)#.*/, '').trim() };
  const match = QUOTED.exec(text);
  if (!match) return { length: line.length, value: '', fault: quoteFault(text) };
  const value =
    match[1]?.replace(/\\([\s\S])/g, (_, after: string) => ESCAPES[after] ?? after) ?? match[2] ?? '';
  return { length: match[0].length, value };
}

function quoteFault(text: string): string {
  const closed = text.startsWith('"') ? /^"(?:\\[\s\S]|[^"\\])*"/.test(text) : text.indexOf("'", 1) > 0;
  return closed ? 'something follows the closing quote' : `the quote ${text[0]} is never closed`;
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf('\n') === -1 ? text.length : text.indexOf('\n'));
}
