const NEWLINE = 10;

/** Cuts bytes that come in pieces into lines; of a line longer than `longest` bytes the rest is left out. */
export class Lines {
  private head: Buffer[] = [];
  private held = 0;

  constructor(
    private readonly onLine: (line: string) => void,
    private readonly longest = 1 << 20,
  ) {}

  feed(bytes: Uint8Array): void {
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      this.finish(bytes.subarray(from, end));
      from = end + 1;
    }
    this.keep(bytes.subarray(from));
  }

  /** What has no newline yet counts as a line. */
  end(): void {
    if (this.held > 0) this.finish(new Uint8Array());
  }

  private finish(last: Uint8Array): void {
    if (this.held > 0) {
      this.keep(last);
      const line = Buffer.concat(this.head);
      this.head = [];
      this.held = 0;
      this.onLine(textOf(line));
    } else {
      this.onLine(textOf(last.subarray(0, this.longest)));
    }
  }

  private keep(bytes: Uint8Array): void {
    const part = bytes.subarray(0, this.longest - this.held);
    if (part.length === 0) return;
    this.head.push(Buffer.from(part));
    this.held += part.length;
  }
}

/** What is no UTF-8 is shown as U+FFFD; carriage returns are left out. */
export function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  return text.includes('\r') ? text.replaceAll('\r', '') : text;
}
