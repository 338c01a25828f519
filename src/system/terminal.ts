export type Terminal = { readonly columns: number; readonly isTTY: boolean; readonly colour: boolean };

/** Of standard output. */
export function terminal(): Terminal {
  const isTTY = process.stdout.isTTY === true;
  return { columns: process.stdout.columns ?? 80, isTTY, colour: wantsColour(isTTY) };
}

export const writeOut = (text: string): void => write(process.stdout, text);
export const writeErr = (text: string): void => write(process.stderr, text);

/** The reader of our output is gone (`sup logs | head`); without this call that is passed over in silence. */
export const onOutputClosed = (then: () => void): void => {
  process.stdout.on('error', then);
};

function wantsColour(isTTY: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY && TERM !== 'dumb';
}

const guarded = new WeakSet<NodeJS.WriteStream>();

function write(stream: NodeJS.WriteStream, text: string): void {
  if (!guarded.has(stream)) stream.on('error', () => {});
  guarded.add(stream);
  stream.write(text);
}
