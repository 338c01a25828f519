export type Ink = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan';
export type Paint = (ink: Ink | null, text: string) => string;

/** Paints where the terminal shows colours, and leaves the text alone where not. */
export function painter(colours: boolean): Paint {
  if (!colours) return (_ink, text) => text;
  return (ink, text) => (ink === null || text === '' ? text : `${ESC}[${CODES[ink]}m${text}${ESC}[0m`);
}

/** The colour of the n-th group in the live logs. */
export function groupInk(index: number): Ink {
  return GROUP_INKS[index % GROUP_INKS.length] ?? 'cyan';
}

const ESC = '\u001b';
const CODES: { readonly [I in Ink]: number } = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
};
const GROUP_INKS: readonly Ink[] = ['cyan', 'yellow', 'green', 'magenta', 'blue'];
