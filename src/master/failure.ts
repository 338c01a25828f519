import { DetailedError } from '../errors/detailed-error.js';
import type { ErrorCode, SupError } from '../errors/sup-error.js';
import type { Outcome } from '../group/group.js';
import { reasonOf } from './death-words.js';
import { superseded } from './turns.js';

export type Failed = Extract<Outcome, { ok: false }>;

/** An outcome as an error: which worker, why, and its last lines. `what` begins the sentence: `reload refused`. */
export function failure(
  group: string,
  outcome: Failed,
  words: { readonly code: ErrorCode; readonly what: string; readonly hint: string },
  tailOf: (group: string, life: number) => readonly string[],
): SupError {
  if (outcome.why === 'superseded') return superseded();
  const worker = `${group}.${outcome.slot}`;
  const tail = outcome.why === 'failed' ? tailOf(group, outcome.death.life) : [];
  const reason = reasonFor(outcome);
  const message = [`${words.what}: ${worker} ${reason}`, ...tail.map((line) => `  | ${line}`)].join('\n');
  return new DetailedError(words.code, message, words.hint, { worker, reason, tail });
}

export function reasonFor(outcome: Failed): string {
  switch (outcome.why) {
    case 'failed':
      return `ended: ${reasonOf(outcome.death)}`;
    case 'unconfirmed':
      return `did not confirm the reload within ${Math.round(outcome.within / 1000)} s`;
    case 'superseded':
      return `was superseded by ${outcome.by}`;
    default:
      return outcome satisfies never;
  }
}
