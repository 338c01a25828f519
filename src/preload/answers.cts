import type { IncomingMessage, ServerResponse } from 'node:http';

type WriteHead = (this: ServerResponse, ...args: unknown[]) => ServerResponse;

/** Every answer of http that starts from now on says `Connection: close`, and its connection ends behind it. */
function closeBehindAnswers(): void {
  const { prototype } = (require('node:http') as typeof import('node:http')).ServerResponse;
  const plainWriteHead = prototype.writeHead as WriteHead;
  const writeHead: WriteHead = function (...args) {
    if (!this.headersSent && nothingFollows(this)) close(this);
    return plainWriteHead.apply(this, args);
  };
  prototype.writeHead = writeHead as typeof prototype.writeHead;
}

// To close over unread bytes resets the connection: the rest of a body, or requests sent ahead of their turn.
function nothingFollows({ req, socket }: ServerResponse): boolean {
  const latest = (socket as { parser?: { incoming?: unknown } } | null)?.parser?.incoming;
  return (req.complete || !hasBody(req)) && (!latest || latest === req);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function close(response: ServerResponse): void {
  response.shouldKeepAlive = false;
  // Proxies copy it from the other side.
  if (/keep-alive/i.test(String(response.getHeader('connection')))) response.setHeader('Connection', 'close');
}

export = { closeBehindAnswers };
