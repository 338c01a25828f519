import { dirname } from 'node:path';
import type { GroupConfig, Listen } from '../config/app.js';
import { SupError } from '../errors/sup-error.js';
import { fileInfo } from '../system/files.js';
import { type Held, heldKey, hold } from '../system/held.js';

/** The listening sockets of the app, by address: bound once, kept through every reload. */
export class HeldSockets {
  private readonly held = new Map<string, Held>();

  /** Bind what these groups need and is not there yet: all of it, or nothing and an error that names each problem. */
  ensure(configs: readonly GroupConfig[]): void {
    const missing = configs
      .flatMap(({ listen }) => listen)
      .filter((listen) => !this.held.has(heldKey(listen)));
    const opened: Held[] = [];
    const problems: string[] = [];
    for (const listen of missing) {
      try {
        opened.push(hold(listen));
      } catch (error) {
        problems.push(this.problem(listen, error as NodeJS.ErrnoException));
      }
    }
    if (problems.length > 0) {
      for (const held of opened) held.close();
      throw new SupError('E_START_FAILED', problems.join('\n'), HINT);
    }
    for (const held of opened) this.held.set(held.key, held);
  }

  descriptors(config: GroupConfig): readonly number[] {
    return config.listen.map((listen) => {
      const held = this.held.get(heldKey(listen));
      if (!held) throw new Error(`its socket ${listen.name} (${addressOf(listen)}) is not open`);
      return held.fd;
    });
  }

  /** Close what none of these configs has. */
  keepOnly(configs: readonly GroupConfig[]): void {
    const used = new Set(configs.flatMap(({ listen }) => listen.map(heldKey)));
    for (const [key, held] of this.held) {
      if (used.has(key)) continue;
      held.close();
      this.held.delete(key);
    }
  }

  private problem(listen: Listen, error: NodeJS.ErrnoException): string {
    const own = error.code === 'EADDRINUSE' ? this.sharingPort(listen) : undefined;
    const why = own ? `this app holds ${own} until it is stopped as a whole` : reasonOf(listen, error);
    return `cannot listen on ${addressOf(listen)}: ${why}`;
  }

  /** 127.0.0.1:3000 is in the way of 0.0.0.0:3000. */
  private sharingPort(listen: Listen): string | undefined {
    if (listen.kind === 'unix') return undefined;
    const keys = [...this.held.keys()].filter((key) => key.startsWith('tcp:'));
    return keys.find((key) => key.endsWith(`:${listen.port}`))?.slice('tcp:'.length);
  }
}

const HINT = 'see who listens with `ss -ltnp`, or change `listen` in sup.yaml';

/** `127.0.0.1:3000`, `[::1]:3000`, or the path of a Unix socket. */
export const addressOf = (listen: Listen): string => heldKey(listen).replace(/^\w+:/, '');

/** libuv says EACCES of a folder that is not there, too. */
function reasonOf(listen: Listen, { code = '', message }: NodeJS.ErrnoException): string {
  if (listen.kind === 'tcp' || code !== 'EACCES') return REASONS[code] ?? message;
  const folder = dirname(listen.path);
  return fileInfo(folder) ? `permission denied in ${folder}` : `the folder ${folder} does not exist`;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there',
  EACCES: 'permission denied (ports below 1024 need root or CAP_NET_BIND_SERVICE)',
  EADDRNOTAVAIL: 'this machine has no such address',
};
