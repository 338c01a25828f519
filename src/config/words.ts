/** The words, with `${NAME}` still in them, or what is wrong. */
export type Words =
  | { readonly words: readonly string[] }
  | { readonly message: string; readonly hint?: string };

const TOKEN = new RegExp(
  [
    '(?<space>\\s+)',
    "'(?<single>[^']*)'",
    '"(?<double>(?:\\\\[\\s\\S]|[^"\\\\])*)"',
    '(?<variable>\\$?\\$\\{[^}]*\\})',
    '(?<literal>\\\\\\$\\{)',
    '\\\\(?<escaped>[\\s\\S])',
    '(?<shell>\\$\\(|\\$[A-Za-z_][A-Za-z0-9_]*|&&|\\|\\||>>|[|&;<>()`])',
    '(?<plain>[^\\s\'"\\\\$|&;<>()`]+|\\$)',
  ].join('|'),
  'y',
);
/** What sh would expand between double quotes. */
const EXPANDS = /(?<!\\)(?:\$\(|`|\$[A-Za-z_][A-Za-z0-9_]*)/;

/** Splits a command line as sh does, quotes and backslashes included, but expands nothing. */
export function splitWords(line: string): Words {
  const words: string[] = [];
  let word: string | null = null;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < line.length) {
    const rest = line.slice(TOKEN.lastIndex);
    const token = TOKEN.exec(line)?.groups;
    if (!token)
      return {
        message: rest.startsWith('\\') ? 'ends in a backslash' : `the quote ${rest[0]} is never closed`,
      };
    const shell = token['shell'] ?? EXPANDS.exec(token['double'] ?? '')?.[0];
    if (shell !== undefined) return { message: `${shell} needs a shell`, hint: hintFor(shell) };
    if (token['space'] === undefined) word = (word ?? '') + textOf(token);
    else if (word !== null) [word] = [null, words.push(word)];
  }
  return judge(word === null ? words : [...words, word]);
}

function textOf(token: Readonly<Record<string, string | undefined>>): string {
  if (token['literal'] !== undefined) return '$${';
  if (token['escaped'] !== undefined) return token['escaped'] === '\n' ? '' : token['escaped'];
  if (token['double'] !== undefined) return unescaped(token['double']);
  return token['single'] ?? token['variable'] ?? token['plain'] ?? '';
}

/** Between double quotes a backslash is one, except before these. */
function unescaped(text: string): string {
  return text.replace(/\\(\$\{|[\\"$`\n])/g, (_, after: string) =>
    after === '${' ? '$${' : after === '\n' ? '' : after,
  );
}

function hintFor(shell: string): string {
  const variable = /^\$[A-Za-z_]/.test(shell) ? `write \${${shell.slice(1)}}, or ` : '';
  return `${variable}say \`shell: true\`, or put it in single quotes`;
}

function judge(words: readonly string[]): Words {
  const assigned = /^[A-Za-z_][A-Za-z0-9_]*(?==)/.exec(words[0] ?? '')?.[0];
  if (assigned === undefined) return { words };
  return {
    message: `${assigned}=… before the program needs a shell`,
    hint: `write it under \`env\`, or say \`shell: true\``,
  };
}
