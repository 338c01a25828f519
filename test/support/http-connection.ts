import net from 'node:net';

export type Answer = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
};

/** A connection that asks one thing at a time; ask() rejects with what came instead of a whole answer. */
export type Connection = {
  readonly asked: number;
  ask(request: string, within?: number): Promise<Answer>;
  /** False once the other side has closed, or has said in an answer that it will. */
  isOpen(): boolean;
  close(): void;
};

type Waiting = { readonly tell: (answer: Answer) => void; readonly fail: (error: Error) => void };

export function connect(host: string, port: number): Connection {
  return new HttpConnection(net.connect({ host, port, noDelay: true }));
}

class HttpConnection implements Connection {
  asked = 0;
  #bytes = '';
  #open = true;
  #waiting: Waiting | null = null;

  constructor(readonly socket: net.Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (bytes: string) => this.#read(bytes));
    socket.on('end', () => this.#over(null));
    socket.on('error', (error) => this.#over(error));
    socket.on('close', () => this.#over(null));
  }

  ask(request: string, within = 20_000): Promise<Answer> {
    this.asked++;
    const answer = new Promise<Answer>((tell, fail) => {
      this.#waiting = { tell, fail };
    });
    const late = setTimeout(() => this.#over(new Error(`no answer within ${within} ms`)), within);
    this.socket.write(request, 'latin1');
    return answer.finally(() => clearTimeout(late));
  }

  isOpen(): boolean {
    return this.#open;
  }

  close(): void {
    this.#open = false;
    this.socket.destroy();
  }

  #read(bytes: string): void {
    this.#bytes += bytes;
    this.#settle(false);
  }

  #over(error: Error | null): void {
    this.#open = false;
    if (!error) this.#settle(true);
    const got = this.#bytes ? `after ${this.#bytes.length} bytes of the answer` : 'before an answer';
    this.#waiting?.fail(error ?? new Error(`closed ${got}`));
    this.#waiting = null;
  }

  #settle(ended: boolean): void {
    const answer = this.#waiting && parse(this.#bytes, ended);
    if (!answer) return;
    this.#bytes = '';
    if (/close/i.test(answer.headers.get('connection') ?? '')) this.#open = false;
    this.#waiting?.tell(answer);
    this.#waiting = null;
  }
}

/** Null while more bytes are wanted. */
function parse(bytes: string, ended: boolean): Answer | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.slice(0, end).split('\r\n');
  const headers = new Map(lines.map((line) => field(line)));
  const body = readBody(headers, bytes.slice(end + 4), ended);
  return body === null ? null : { status: Number(first.split(' ')[1]), headers, body };
}

function field(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function readBody(headers: ReadonlyMap<string, string>, rest: string, ended: boolean): string | null {
  if (headers.get('transfer-encoding') === 'chunked') return dechunked(rest);
  const length = headers.get('content-length');
  if (length !== undefined) return rest.length >= Number(length) ? rest.slice(0, Number(length)) : null;
  return ended ? rest : null;
}

function dechunked(rest: string, before = ''): string | null {
  const end = rest.indexOf('\r\n');
  const size = Number.parseInt(rest, 16);
  if (end < 0 || rest.length < end + 4 + size) return null;
  const chunk = rest.slice(end + 2, end + 2 + size);
  return size === 0 ? before : dechunked(rest.slice(end + 4 + size), before + chunk);
}
