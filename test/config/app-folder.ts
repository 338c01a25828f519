import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Files = Readonly<Record<string, string>>;

/** A folder `shop` with these files in it, while `use` runs. */
export function inAppFolder<T>(files: Files, use: (dir: string) => T): T {
  const above = mkdtempSync(join(tmpdir(), 'sup-config-'));
  try {
    const dir = join(above, 'shop');
    mkdirSync(dir);
    for (const [name, text] of Object.entries(files)) write(join(dir, name), text);
    return use(dir);
  } finally {
    rmSync(above, { recursive: true, force: true });
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  if (text.startsWith('#!')) chmodSync(path, 0o755);
}
