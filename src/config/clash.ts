import { isIPv4, showTarget } from './address.js';
import type { Listen } from './app.js';

/** A socket and the key that asks for it. */
export type Claim = { readonly listen: Listen; readonly key: readonly string[] };
export type Clash = { readonly first: Claim; readonly second: Claim };

/** Pairs of sockets that cannot be open at the same time; each socket is named once, with the first that it meets. */
export function clashes(claims: readonly Claim[]): readonly Clash[] {
  return claims.flatMap((second, index) => {
    const first = claims.slice(0, index).find(({ listen }) => overlap(listen, second.listen));
    return first ? [{ first, second }] : [];
  });
}

function overlap(a: Listen, b: Listen): boolean {
  if (a.kind === 'unix' || b.kind === 'unix') return showTarget(a) === showTarget(b);
  return a.port === b.port && (a.host === b.host || covers(a.host, b.host) || covers(b.host, a.host));
}

/** On Linux `::` takes the port of IPv4, too. */
function covers(wide: string, host: string): boolean {
  return wide === '::' || (wide === '0.0.0.0' && isIPv4(host));
}
