import { spawn } from 'node:child_process';

export type Wrk = { stop(): Promise<WrkResult> };

export type WrkResult = {
  readonly requests: number;
  /** Its lines on errors of sockets and on answers that are neither 2xx nor 3xx. */
  readonly errors: readonly string[];
  readonly output: string;
};

/** wrk, until it is stopped: as much as it can over these connections. */
export function startWrk(url: string, connections: number, ...headers: readonly string[]): Wrk {
  const options = headers.flatMap((header) => ['-H', header]);
  const argv = ['-t', '1', '-c', `${connections}`, '-d', '1h', '--timeout', '20s', ...options, url];
  const child = spawn('wrk', argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<void>((resolve, reject) =>
    child.once('error', reject).once('close', () => resolve()),
  );
  return {
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      return resultOf(output);
    },
  };
}

function resultOf(output: string): WrkResult {
  const errors = output.split('\n').filter((line) => /Socket errors|Non-2xx/.test(line));
  return { requests: Number(/(\d+) requests in/.exec(output)?.[1] ?? 0), errors, output };
}
