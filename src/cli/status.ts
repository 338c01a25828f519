import type { Millis } from '../config/app.js';
import type { AppStatus } from '../control/protocol.js';
import { onOutputClosed, terminal, writeOut } from '../system/machine.js';
import { exitProcess } from '../system/signals.js';
import { painter } from './colour.js';
import { connect, unheard } from './connect.js';
import { type AppFlags, findApp } from './find-app.js';
import { pause } from './pause.js';
import { statusWords } from './status-words.js';

export type StatusQuery = AppFlags & { readonly names: readonly string[]; readonly json: boolean };

export async function showStatus(query: StatusQuery): Promise<void> {
  const found = await findApp(query);
  const status = await (await connect(found)).status({ names: query.names }, unheard);
  writeOut(query.json ? `${JSON.stringify(status, null, 2)}\n` : statusText(status, found.at));
}

/** Again and again until the reader or the master goes. */
export async function watchStatus(query: StatusQuery, every: Millis): Promise<never> {
  const found = await findApp(query);
  onOutputClosed(() => exitProcess(0));
  const { isTTY } = terminal();
  for (;;) {
    const status = await (await connect(found)).status({ names: query.names }, unheard);
    if (query.json) writeOut(`${JSON.stringify(status)}\n`);
    else writeOut(isTTY ? redrawn(statusText(status, found.at)) : `${statusText(status, found.at)}\n`);
    await pause(every);
  }
}

export function statusText(status: AppStatus, at: string): string {
  const { columns, colour } = terminal();
  return `${statusWords(status, columns, painter(colour), at).join('\n')}\n`;
}

/** Over what stood there before, without a flicker. */
function redrawn(text: string): string {
  return `\u001b[H${text.replaceAll('\n', '\u001b[K\n')}\u001b[J`;
}
