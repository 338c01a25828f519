import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';

/** What the numbers were measured on, in a line or two. */
export function machineText(): string {
  const [first, ...more] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const [load = 0] = loadavg();
  return [
    `${more.length + 1} × ${first?.model.trim() ?? 'CPU'}, ${memory} GiB, ${system()}, Linux ${release()},`,
    `Node ${process.versions.node}; load average before the run: ${load.toFixed(2)}.`,
  ].join(' ');
}

function system(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown system';
  } catch {
    return 'unknown system';
  }
}
