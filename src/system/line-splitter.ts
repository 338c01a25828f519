/** Cuts a stream of bytes at newlines. `tell` gets each line without its end; `overflow` once, when one is too long. */
export function lineSplitter(
  longest: number,
  tell: (line: string) => void,
  overflow: () => void,
): (bytes: Buffer) => void {
  let parts: Buffer[] = [];
  let size = 0;
  const keep = (part: Buffer) => {
    parts.push(part);
    size += part.length;
  };
  const take = () => {
    const line = Buffer.concat(parts).toString();
    parts = [];
    size = 0;
    return line;
  };
  return (bytes) => {
    let from = 0;
    for (
      let end = bytes.indexOf(10);
      end !== -1 && size + end - from <= longest;
      end = bytes.indexOf(10, from)
    ) {
      keep(bytes.subarray(from, end));
      from = end + 1;
      tell(take());
    }
    keep(bytes.subarray(from));
    if (size > longest) overflow();
  };
}
