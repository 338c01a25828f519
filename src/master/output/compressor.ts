import { gzipFile } from '../../system/appender.js';
import { removeFile, renameFile } from '../../system/files.js';
import { placeOf, syncFile } from '../../system/raw-file.js';

/** One file at a time, in zlib's own thread; a crash leaves the plain file or the whole .gz. */
export class Compressor {
  private readonly queue = new Set<string>();
  private busy = false;

  add(path: string): void {
    this.queue.add(path);
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (const path of this.queue) {
      await compress(path).catch(() => removeFile(partOf(path)));
      this.queue.delete(path);
    }
    this.busy = false;
  }
}

const partOf = (path: string) => `${path}.gz.tmp`;

async function compress(path: string): Promise<void> {
  if (!placeOf(`${path}.gz`)) {
    await gzipFile(path, partOf(path));
    await syncFile(partOf(path));
    if (!placeOf(path)) return removeFile(partOf(path));
    renameFile(partOf(path), `${path}.gz`);
  }
  removeFile(path);
}
