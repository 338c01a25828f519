import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Core } from './history.js';

/** In a compiled file of src: this text, which is there once, becomes that. */
export type Edit = { readonly file: string; readonly from: string; readonly to: string };

const COMPILED = join(import.meta.dirname, '../..');

/** A copy of the compiled core, and of the tests that are named, which can be changed and run. */
export class ChangedCore {
  private readonly dir = mkdtempSync(join(tmpdir(), 'changed-core-'));

  constructor(tests: readonly string[] = []) {
    for (const part of ['src/worker', 'src/group', ...tests])
      cpSync(join(COMPILED, part), this.path(part), { recursive: true });
    writeFileSync(this.path('package.json'), '{ "type": "module" }');
    const packages = dirname(dirname(dirname(fileURLToPath(import.meta.resolve('uvu')))));
    symlinkSync(packages, this.path('node_modules'));
  }

  path(part: string): string {
    return join(this.dir, part);
  }

  change({ file, from, to }: Edit): void {
    const text = this.read(file);
    const [before, after, ...more] = text.split(from);
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(`src/${file} has not exactly one: ${from}`);
    this.write(file, before + to + after);
  }

  read(file: string): string {
    return readFileSync(this.path(`src/${file}`), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(this.path(`src/${file}`), text);
  }

  async load(): Promise<Core> {
    const { href } = pathToFileURL(this.path('src/group/step.js'));
    const { stepGroup } = await import(href);
    return stepGroup;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
