import { listenAddress } from './address.js';
import { defaulted, type Field, optional, type Read, required } from './field.js';
import { octal, words } from './scalars.js';
import { forms, mapOf, type NameRule, shape } from './structures.js';
import type { Tree } from './tree.js';

const socketFile = shape({
  unix: required(words('a path'), '', { doc: 'The path of the socket file.', example: 'run/web.sock' }),
  mode: defaulted(octal, '0660', { doc: 'Its permission bits.', example: '"0666"' }),
  user: optional(words('a name or a number'), 'who runs the master', {
    doc: 'Its owner.',
    example: 'www-data',
  }),
  group: optional(words('a name or a number'), 'that of who runs the master', {
    doc: 'Its group.',
    example: 'www-data',
  }),
});

/** One lower-case word; `web`, `http-2`. */
export const WORD: NameRule = {
  pattern: /^[a-z][a-z0-9-]{0,63}$/,
  expected: 'lower-case letters, digits and dashes, a letter first, at most 64',
  better: (name) =>
    /[a-z].*/
      .exec(name.toLowerCase().replace(/[^a-z0-9]+/g, '-'))?.[0]
      .replace(/-+$/, '')
      .slice(0, 64) ?? null,
};

const socket = forms({ scalar: listenAddress, map: socketFile });
const sockets = mapOf(WORD, socket, 'sockets by name', '3000');

export type ListenFile = Read<typeof sockets>;

/** Several sockets by name, or one alone that is called `main`. */
export const listenField: Field<ListenFile> = {
  ...sockets,
  expected: `${listenAddress.expected}, or ${sockets.expected}`,
  inner: { each: { ...socket, inner: socketFile.inner } },
  json: { anyOf: [listenAddress.json, sockets.json] },
  read: (tree, at) => (tree.kind === 'scalar' ? alone(tree, at) : sockets.read(tree, at)),
};

function alone(tree: Tree, at: Parameters<typeof sockets.read>[1]): ListenFile | undefined {
  const address = listenAddress.read(tree, at);
  return address && new Map([['main', address]]);
}
