import { SupError } from '../errors/sup-error.js';
import type { Request, Verb } from './protocol.js';

/** What came over the socket, as a request; anything else is E_PROTOCOL and says what is wrong with it. */
export function readRequest(value: unknown): Request {
  if (!isRecord(value)) throw protocolError('a request is an object with `verb` and `ask`');
  const { verb, ask } = value;
  if (!isVerb(verb)) throw protocolError(`there is no verb ${JSON.stringify(verb)}`);
  if (!isRecord(ask)) throw protocolError(`\`ask\` of ${verb} must be an object`);
  const bad = Object.entries(SHAPES[verb]).find(([key, fits]) => !fits(ask[key]));
  if (bad)
    throw protocolError(`\`${bad[0]}\` of ${verb} cannot be ${JSON.stringify(ask[bad[0]]) ?? 'absent'}`);
  return { verb, ask } as Request;
}

type Fits = (value: unknown) => boolean;

const isBoolean: Fits = (value) => typeof value === 'boolean';
const isNames: Fits = (value) => Array.isArray(value) && value.every((name) => typeof name === 'string');
const isSignal: Fits = (value) => typeof value === 'string' && /^SIG[A-Z0-9+-]+$/.test(value);
const isCount: Fits = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const areCounts: Fits = (value) => isRecord(value) && Object.values(value).every(isCount);

const SHAPES: {
  readonly [V in Verb]: { readonly [key in keyof Extract<Request, { verb: V }>['ask']]: Fits };
} = {
  hello: {},
  status: { names: isNames },
  start: { names: isNames },
  stop: { names: isNames, graceful: isBoolean, now: isBoolean },
  restart: { names: isNames, graceful: isBoolean },
  reload: { names: isNames, graceful: isBoolean, plan: isBoolean },
  apply: { plan: isBoolean },
  scale: { counts: areCounts },
  signal: { names: isNames, signal: isSignal },
  events: { follow: isBoolean },
};

export const VERBS = Object.keys(SHAPES) as readonly Verb[];

function isVerb(value: unknown): value is Verb {
  return typeof value === 'string' && Object.hasOwn(SHAPES, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function protocolError(message: string): SupError {
  return new SupError('E_PROTOCOL', message, 'the client and the master may be of different versions of sup');
}
