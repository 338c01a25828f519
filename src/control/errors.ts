import { DetailedError } from '../errors/detailed-error.js';
import { EXIT_STATUS, SupError } from '../errors/sup-error.js';
import type { Verb, WireError } from './protocol.js';

export function toWire(error: unknown): WireError {
  if (!(error instanceof SupError)) return { code: 'E_FAILED', message: messageOf(error) };
  const { code, message, hint } = error;
  const detail = detailOf(error);
  return { code, message, ...(hint !== undefined && { hint }), ...(detail !== undefined && { detail }) };
}

/** A code that this version does not know becomes E_FAILED. */
export function fromWire(wire: WireError): SupError {
  const code = Object.hasOwn(EXIT_STATUS, wire.code) ? wire.code : 'E_FAILED';
  if (wire.detail === undefined) return new SupError(code, wire.message, wire.hint);
  return new DetailedError(code, wire.message, wire.hint, wire.detail);
}

export function noMaster(path: string): SupError {
  return new SupError('E_NO_MASTER', `no master answers on ${path}`, 'start it with `sup start -d`');
}

export function masterLeft(verb: Verb): SupError {
  const message = `the master ended before it had answered \`${verb}\``;
  return new SupError(
    'E_FAILED',
    message,
    'see whether it runs with `sup status`, and why it ended with `sup logs`',
  );
}

/** What an error knows beyond its message: its own `detail`, or the problems of a config. */
function detailOf(error: SupError): unknown {
  if ('detail' in error) return error.detail;
  return 'problems' in error ? { problems: error.problems } : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
