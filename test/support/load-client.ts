import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Connection, connect } from './http-connection.js';

export type LoadOptions = {
  readonly port: number;
  readonly host?: string;
  readonly path?: string;
  readonly connections?: number;
  readonly keepAlive?: boolean;
  /** Between an answer and the next request of that connection; a list is shared out among the connections. */
  readonly think?: number | readonly number[];
  /** Ends by itself after so many requests. */
  readonly count?: number;
};

export type LoadResult = {
  readonly sent: number;
  /** One line for each request that got no right answer: its number and why. */
  readonly failed: readonly string[];
  readonly byPid: ReadonlyMap<number, number>;
};

export type Load = {
  /** Answered so far. */
  answered(): number;
  /** Lets every request that is on its way be answered, and tells. */
  stop(): Promise<LoadResult>;
  /** The end by `count`, or by stop(). */
  readonly done: Promise<LoadResult>;
};

/**
 * Sends numbered requests (`?n=17`) over some connections at once and checks each answer: status 200, the same number
 * in it, whole. A connection that was closed while idle is opened anew, as RFC 9112 wants; once the bytes of a request
 * are out, whatever keeps its answer away is a failure.
 */
export function startLoad(options: LoadOptions): Load {
  const run = new Run(options);
  const thinks = [options.think ?? 0].flat();
  const lanes = Array.from({ length: options.connections ?? 4 }, (_, lane) =>
    run.lane(thinks[lane % thinks.length] ?? 0),
  );
  const done = Promise.all(lanes).then(() => run.result());
  return { answered: () => run.answered, stop: () => run.stop(done), done };
}

class Run {
  answered = 0;
  #sent = 0;
  readonly #failed: string[] = [];
  readonly #byPid = new Map<number, number>();
  readonly #stopping = new AbortController();

  constructor(readonly options: LoadOptions) {
    setMaxListeners(0, this.#stopping.signal);
  }

  async lane(think: number): Promise<void> {
    let open: Connection | null = null;
    while (!this.#isOver()) {
      open = await this.#request(++this.#sent, open);
      if (think > 0) await sleep(think, null, { signal: this.#stopping.signal }).catch(() => null);
      // Also without a pause the news that the other side closed must get its turn.
      else await new Promise(setImmediate);
    }
    open?.close();
  }

  stop(done: Promise<LoadResult>): Promise<LoadResult> {
    this.#stopping.abort();
    return done;
  }

  result(): LoadResult {
    return { sent: this.#sent, failed: this.#failed, byPid: this.#byPid };
  }

  #isOver(): boolean {
    return this.#stopping.signal.aborted || this.#sent >= (this.options.count ?? Number.POSITIVE_INFINITY);
  }

  /** The connection, if one more request may go over it. */
  async #request(n: number, open: Connection | null): Promise<Connection | null> {
    const { host = '127.0.0.1', port, keepAlive = false } = this.options;
    const reused = open?.isOpen() ? open : null;
    if (open && !reused) open.close();
    const connection = reused ?? connect(host, port);
    try {
      this.#check(n, await connection.ask(this.#words(n)));
    } catch (error) {
      const age = reused ? `request ${connection.asked} of its connection` : 'a new connection';
      this.#failed.push(`#${n}: ${error instanceof Error ? error.message : error} (${age})`);
      connection.close();
      return null;
    }
    if (keepAlive) return connection;
    connection.close();
    return null;
  }

  #words(n: number): string {
    const { path = '/', host = '127.0.0.1', keepAlive } = this.options;
    const target = `${path}${path.includes('?') ? '&' : '?'}n=${n}`;
    return `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${keepAlive ? '' : 'Connection: close\r\n'}\r\n`;
  }

  #check(n: number, { status, headers, body }: Answer): void {
    if (status !== 200) throw new Error(`status ${status}`);
    const said = json(body);
    const echo = headers.get('x-n') ?? said['n'];
    if (String(echo) !== String(n)) throw new Error(`the answer is for ${echo}: ${body.slice(0, 80)}`);
    const pid = Number(headers.get('x-pid') ?? said['pid']);
    if (pid > 0) this.#byPid.set(pid, (this.#byPid.get(pid) ?? 0) + 1);
    this.answered++;
  }
}

function json(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
