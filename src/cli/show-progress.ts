import type { Fact } from '../control/protocol.js';
import { now } from '../system/clock.js';
import { terminal, writeErr } from '../system/machine.js';
import { advance, type Progress, progressWords } from './progress.js';
import { cut } from './text-width.js';
import { span } from './units.js';
import { factWords } from './words.js';

/** What shows a job while it goes on, on standard error. */
export type Shown = { news(fact: Fact): void; end(): void };

export const NOT_SHOWN: Shown = { news: () => {}, end: () => {} };

/** Only what takes longer than this is worth a word. */
const PATIENCE = 1000;

/** One line that is written over on a terminal, else a line for every second with news. */
export function showProgress(begin: Progress): Shown {
  return terminal().isTTY ? liveLine(begin) : plainLines(begin);
}

function liveLine(begin: Progress): Shown {
  const began = now();
  let progress = begin;
  const draw = () => {
    const line = `${progressWords(progress)}  ${span(now() - began)}`;
    writeErr(`\r\u001b[K${cut(line, terminal().columns - 1)}`);
  };
  const timer = setInterval(draw, PATIENCE);
  const news = (fact: Fact) => {
    progress = advance(progress, fact);
    if (now() - began > PATIENCE) draw();
  };
  const end = () => {
    clearInterval(timer);
    if (now() - began > PATIENCE) writeErr('\r\u001b[K');
  };
  return { news, end };
}

function plainLines(begin: Progress): Shown {
  let [progress, told] = [begin, begin];
  const tell = () => {
    if (progress !== told) writeErr(`${progressWords(progress)}\n`);
    told = progress;
  };
  const timer = setInterval(tell, PATIENCE);
  const news = (fact: Fact) => {
    progress = advance(progress, fact);
    if (fact.kind === 'worker' && (fact.phase === 'waiting' || fact.phase === 'failed'))
      writeErr(`${factWords(fact)}\n`);
  };
  return { news, end: () => clearInterval(timer) };
}
