import { makeFifo, onReadable, openForChild, openReader, readInto } from '../../system/fifo.js';
import { removeFile } from '../../system/files.js';
import { closeFile } from '../../system/raw-file.js';

/** The FIFO behind the descriptor on which a life writes a newline when it is ready, as s6 has it. */
export type ReadyLine = {
  /** To be handed to the child; null when the life runs already. */
  readonly childEnd: number | null;
  /** What comes before the newline is nothing. */
  onNewline(then: () => void): void;
  closeChildEnd(): void;
  /** The FIFO goes, too. */
  close(): void;
};

export function makeReadyLine(path: string): ReadyLine {
  makeFifo(path);
  const reader = openReader(path);
  return readyLine(path, reader, openForChild(path));
}

/** Of a life that an earlier master began. */
export const reopenReadyLine = (path: string): ReadyLine => readyLine(path, openReader(path), null);

function readyLine(path: string, reader: number, childEnd: number | null): ReadyLine {
  const closing = [once(() => closeFile(reader)), once(() => removeFile(path))];
  const closeChildEnd = once(() => {
    if (childEnd !== null) closeFile(childEnd);
  });
  const onNewline = (then: () => void) => void closing.unshift(awaitNewline(reader, then));
  const close = () => {
    for (const step of [closeChildEnd, ...closing]) step();
  };
  return { childEnd, onNewline, closeChildEnd, close };
}

/** Gives back how to stop; stops by itself at the newline, and when nobody is left to write one. */
function awaitNewline(reader: number, then: () => void): () => void {
  const buffer = new Uint8Array(512);
  const poll = onReadable(reader, () => {
    const got = readInto(reader, buffer);
    if (got === 'empty') return;
    const found = got !== 'ended' && buffer.subarray(0, got).includes(NEWLINE);
    if (found || got === 'ended') poll.close();
    if (found) then();
  });
  return () => poll.close();
}

const NEWLINE = 10;

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
