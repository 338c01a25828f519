import { nearest } from '../config/nearest.js';
import { toWire } from '../control/errors.js';
import { SupError } from '../errors/sup-error.js';
import { terminal, writeErr, writeOut } from '../system/machine.js';
import { type Paint, painter } from './colour.js';

/** The one door out for errors: told as text, or as a line of JSON, which may be the last of many. Gives the exit status. */
export function tellFailure(thrown: unknown, argv: readonly string[]): number {
  const exit = exitStatus(thrown);
  if (exit !== null) return exit;
  const error = thrown instanceof SupError ? thrown : (usageError(thrown, argv[0] ?? '') ?? thrown);
  if (wantsJson(argv)) writeOut(`${JSON.stringify({ error: toWire(error) })}\n`);
  else writeErr(`${failureWords(error, painter(terminal().colour)).join('\n')}\n`);
  return error instanceof SupError ? error.exitCode : 1;
}

/** `Error: …`, and what to type next. */
export function failureWords(error: unknown, paint: Paint): string[] {
  const { message, hint } = toWire(error);
  const stack =
    !(error instanceof SupError) && error instanceof Error ? (error.stack ?? '').split('\n').slice(1) : [];
  return [
    `${paint('red', 'Error:')} ${message}`,
    ...stack.map((line) => paint('dim', line)),
    ...(hint === undefined ? [] : [`Next: ${hint}`]),
  ];
}

export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? undefined : end).includes('--json');
}

/** A command that only wants to end with this status. */
function exitStatus(thrown: unknown): number | null {
  return isParserError(thrown) && 'code' in thrown && thrown.code === 'EEXIT'
    ? (thrown.oclif.exit ?? 0)
    : null;
}

/** What oclif's parser throws, told by its shape so that the hot verbs need not load it. */
type ParserError = Error & {
  readonly oclif: { readonly exit?: number };
  readonly flags?: readonly string[];
  readonly parse?: { readonly input?: { readonly flags?: Record<string, unknown> } };
};

function usageError(error: unknown, verb: string): SupError | null {
  if (!isParserError(error) || error.oclif.exit !== 2) return null;
  const help = `\`sup ${verb} --help\` shows all flags`;
  const unknown = error.flags?.[0];
  if (unknown === undefined) return new SupError('E_USAGE', plain(error.message), help);
  const flag = nearest(unknown.replace(/^-+/, ''), Object.keys(error.parse?.input?.flags ?? {}));
  const message = `${verb} has no flag ${unknown}`;
  return new SupError('E_USAGE', message, flag === null ? help : `did you mean --${flag}? ${help}`);
}

function isParserError(error: unknown): error is ParserError {
  return error instanceof Error && 'oclif' in error && !(error instanceof SupError);
}

function plain(message: string): string {
  return message.replace(/\nSee more help with --help$/, '').replace(/^Parsing (--\S+) \n\t/, '$1: ');
}
