import { Lexer, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Fault } from './problem.js';
import { treeOf } from './to-tree.js';
import { placeAt, type Tree } from './tree.js';

export type Parsed = { readonly tree: Tree | null; readonly faults: readonly Fault[] };

/** The tree is null where the text is no YAML; a key that is written twice is a fault, and its first value counts. */
export function parseYaml(text: string): Parsed {
  // The parser recurses, and near the end of the stack V8 aborts the process: what is that deep never gets there.
  if (depthOf(text) > DEEPEST) return { tree: null, faults: [TOO_DEEP] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  // What comes after the first error is mostly its echo.
  const errors = [...document.errors.slice(0, 1), ...document.warnings];
  if (errors.length === 0) return treeOf(document, lines);
  return { tree: null, faults: errors.map((error) => faultOf(error, lines, text)) };
}

const DEEPEST = 500;
const TOO_DEEP: Fault = { place: { line: 1, column: 1 }, path: [], message: 'YAML: nested too deeply' };

/** At least how deep the parser would go: open brackets, and what opens blocks within one line. */
function depthOf(text: string): number {
  let [deepest, brackets, blocks] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets -= 1;
    else if (/^\r?\n$/.test(token)) blocks = 0;
    else if (/^([-?:]| {2,})$/.test(token) && brackets === 0) blocks += token.length;
    deepest = Math.max(deepest, brackets + blocks);
  }
  return deepest;
}

function faultOf({ code, message, pos: [at] }: YAMLError, lines: LineCounter, text: string): Fault {
  const said = code === 'MULTIPLE_DOCS' ? 'a second document begins; the file is to have one' : message;
  const fault = { place: placeAt(lines.linePos(at)), path: [], message: `YAML: ${said}` };
  return /\$\{[^}]*$/.test(text.slice(0, at + 1)) ? { ...fault, hint: QUOTES } : fault;
}

const QUOTES = `between braces or brackets a variable needs quotes: "\${NAME}"`;
