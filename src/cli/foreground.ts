import type { AppConfig } from '../config/app.js';
import type { Fact, Names } from '../control/protocol.js';
import { serveControl } from '../control/server.js';
import { onOutputClosed, terminal, writeOut } from '../system/machine.js';
import { painter } from './colour.js';
import { liveLogs, type OutputLine } from './live-logs.js';
import type { Place } from './place.js';

/** Master and workers in this terminal, with their output. Resolves with the exit status when all has ended. */
export async function runForeground(
  app: AppConfig,
  options: { readonly place: Place; readonly names: Names; readonly json: boolean },
): Promise<number> {
  const { runMaster } = await import('../master/main.js');
  const { place, names, json } = options;
  onOutputClosed(() => {});
  return runMaster({
    config: app,
    place,
    foreground: true,
    names,
    serve: (control) => serveControl(place.socket, control),
    ...(json ? asJson() : asText(app)),
  });
}

type Listeners = { onOutput(line: OutputLine): void; onFact(fact: Fact): void };

function asText(app: AppConfig): Listeners {
  const live = liveLogs(app.groups, painter(terminal().colour));
  return {
    onOutput: (line) => writeOut(`${live.line(line)}\n`),
    onFact: (fact) => writeOut(`${live.fact(fact)}\n`),
  };
}

/** A JSON value a line: an output line, or a fact. */
function asJson(): Listeners {
  return {
    onOutput: ({ worker, stream, line }) => writeOut(`${JSON.stringify({ worker, stream, line })}\n`),
    onFact: (fact) => writeOut(`${JSON.stringify(fact)}\n`),
  };
}
