import type { Place } from './place.js';

export type Traffic = 'a new connection for each request' | 'keep-alive';

export type Score = { readonly perSecond: number; readonly requests: number; readonly failed: number };

const CONNECTIONS = 50;

/** wrk(1) on one thread; `failed` are socket errors and answers that are not 2xx or 3xx. */
export async function wrk(place: Place, port: number, traffic: Traffic, seconds: number): Promise<Score> {
  const close = traffic === 'keep-alive' ? [] : ['-H', 'Connection: close'];
  const load = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '5s', ...close];
  const command = place.command(['wrk', ...load, `http://127.0.0.1:${port}/`], {
    within: (seconds + 20) * 1_000,
  });
  await command.ended;
  return parsed(command.output());
}

function parsed(text: string): Score {
  const found = (pattern: RegExp) => (pattern.exec(text)?.slice(1) ?? []).map(Number);
  const [perSecond] = found(/Requests\/sec:\s+([\d.]+)/);
  const [requests] = found(/(\d+) requests in/);
  if (perSecond === undefined || requests === undefined) throw new Error(`wrk says:\n${text}`);
  const errors = found(/Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/);
  const failed = [...errors, ...found(/Non-2xx or 3xx responses: (\d+)/)].reduce((sum, one) => sum + one, 0);
  return { perSecond, requests, failed };
}
