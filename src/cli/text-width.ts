/** How many columns a terminal gives to `text`. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** `text` in at most `width` columns; what is cut off shows as `…`. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const char of text) {
    used += charWidth(char);
    if (used >= width) break;
    kept += char;
  }
  return `${kept}…`;
}

/** As `cut`, but keeps the end: paths are told apart by it. */
export function cutStart(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const chars = [...text];
  while (textWidth(chars.join('')) >= width) chars.shift();
  return `…${chars.join('')}`;
}

function charWidth(char: string): number {
  if (/^[\p{Mark}\p{Control}\p{Format}]$/u.test(char)) return 0;
  return /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]$|^\p{Emoji_Presentation}$/u.test(
    char,
  )
    ? 2
    : 1;
}
