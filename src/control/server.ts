import { type Connection, serveLines } from '../system/line-socket.js';
import { toWire } from './errors.js';
import type { Control, Fact, Reply, Request } from './protocol.js';
import { readRequest } from './request.js';

/** One request a connection: news lines, then exactly one answer or error. A client that leaves ends no job. */
export function serveControl(path: string, control: Control): Promise<{ close(): Promise<void> }> {
  return serveLines(path, (connection) => takeRequest(connection, control));
}

/** A client that lets so much news pile up is not reading any more. */
const MOST_PENDING = 16 * 1024 * 1024;

function takeRequest(connection: Connection, control: Control): void {
  const left = new AbortController();
  let asked = false;
  connection.onClose(() => left.abort());
  connection.onLine((line) => {
    if (asked) return;
    asked = true;
    void serve(line, connection, control, left);
  });
}

async function serve(
  line: unknown,
  connection: Connection,
  control: Control,
  left: AbortController,
): Promise<void> {
  const say = (reply: Reply) => {
    if (connection.pending > MOST_PENDING) left.abort();
    if (!left.signal.aborted) connection.send(reply);
  };
  try {
    say({ answer: await perform(readRequest(line), control, (news) => say({ news }), left.signal) });
  } catch (error) {
    say({ error: toWire(error) });
  }
  connection.close();
}

/** The compiler cannot see that the verb and the ask of one request belong together. */
function perform(
  request: Request,
  control: Control,
  news: (fact: Fact) => void,
  left: AbortSignal,
): Promise<unknown> {
  const verb = control[request.verb] as (
    ask: unknown,
    ...rest: [typeof news, AbortSignal]
  ) => Promise<unknown>;
  return verb(request.ask, news, left);
}
