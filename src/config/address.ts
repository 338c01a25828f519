import type { Target } from './app.js';
import { scalar, Wrong } from './scalars.js';

/** What a bare port means: every IPv4 address for a listener, this machine for one that connects. */
const ANYWHERE = '0.0.0.0';
const HERE = '127.0.0.1';
const JSON_ADDRESS = {
  anyOf: [
    { type: 'integer', minimum: 1, maximum: 65535 },
    { type: 'string', minLength: 1 },
  ],
};

export const listenAddress = scalar('a port, host:port or unix:/path', JSON_ADDRESS, (text) => {
  const address = parseAddress(text, ANYWHERE);
  return !(address instanceof Wrong) && address.kind === 'tcp'
    ? bindable(address.host, address.port)
    : address;
});

export const targetAddress = scalar('a port, host:port or unix:/path', JSON_ADDRESS, (text) =>
  parseAddress(text, HERE),
);

function parseAddress(text: string, host: string): Target | Wrong {
  const [, path] = /^unix:(.+)$/.exec(text) ?? [];
  if (path !== undefined) return { kind: 'unix', path };
  if (/^\.{0,2}\//.test(text)) return new Wrong(undefined, `for a socket file write unix:${text}`);
  const [, six, four, port] = /^(?:\[([^\]]*)\]:|([^:[\]\s/]*):)?(\d+)$/.exec(text) ?? [];
  if (port === undefined) return new Wrong(undefined, hintFor(text));
  if (Number(port) < 1 || Number(port) > 65535) return new Wrong(`port ${port} is not from 1 to 65535`);
  if (six !== undefined && !isIPv6(six))
    return new Wrong(`${six || 'nothing'} between the brackets is no IPv6 address`);
  return { kind: 'tcp', host: (six === undefined ? four : canonical(six)) || host, port: Number(port) };
}

function hintFor(text: string): string | undefined {
  const [, six, port] = /^(.*:.*):(\d+)$/.exec(text) ?? [];
  return six === undefined || !isIPv6(six)
    ? undefined
    : `brackets go around an IPv6 address: [${six}]:${port}`;
}

/** The master binds to addresses only, it looks up no names. */
function bindable(host: string, port: number): Target | Wrong {
  if (host === 'localhost') return { kind: 'tcp', host: HERE, port };
  if (isIPv4(host) || host.includes(':')) return { kind: 'tcp', host, port };
  return new Wrong(
    `${host} is no address of this machine`,
    'write its IP address, localhost, or the port alone',
  );
}

export function isIPv4(host: string): boolean {
  const parts = host.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

function isIPv6(host: string): boolean {
  return host.includes(':') && URL.canParse(`http://[${host}]/`);
}

/** So that `[0:0::1]` and `[::1]` are known as the same. */
function canonical(host: string): string {
  return new URL(`http://[${host}]/`).hostname.slice(1, -1);
}

/** Where to connect to reach a listener. */
export function reachable(target: Target): Target {
  if (target.kind === 'unix') return { kind: 'unix', path: target.path };
  const host = target.host === ANYWHERE ? HERE : target.host === '::' ? '::1' : target.host;
  return { kind: 'tcp', host, port: target.port };
}

/** As in the config: `0.0.0.0:3000`, `[::1]:3000`, `unix:/run/x`. */
export function showTarget(target: Target): string {
  if (target.kind === 'unix') return `unix:${target.path}`;
  return `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
}
