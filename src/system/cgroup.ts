import { dirname, join } from 'node:path';
import { readText } from './files.js';

const ROOT = '/sys/fs/cgroup';

/** How many CPUs the quotas of our cgroup and of those above it allow, with a fraction; Infinity without. */
export function cgroupCpus(self = readText('/proc/self/cgroup') ?? '', root = ROOT): number {
  const quotas = self.split('\n').flatMap((line) => quotasOf(line, root));
  return Math.min(Infinity, ...quotas);
}

/** A line is `0::/path` (v2) or `4:cpu,cpuacct:/path` (v1). */
function quotasOf(line: string, root: string): number[] {
  const [, id, controllers, path] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
  if (path === undefined || controllers === undefined) return [];
  if (id === '0') return upwards(path).map((at) => quotaV2(join(root, at)));
  if (!controllers.split(',').includes('cpu')) return [];
  return upwards(path).map((at) => quotaV1(join(root, 'cpu', at)));
}

/** Inside of a container the path may not exist below its own root; the root then holds the quota. */
function upwards(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...upwards(above)];
}

function quotaV2(folder: string): number {
  const [quota, period] = (readText(join(folder, 'cpu.max')) ?? '').split(' ').map(Number);
  return ratio(quota, period);
}

const quotaV1 = (folder: string): number =>
  ratio(
    Number(readText(join(folder, 'cpu.cfs_quota_us')) ?? Number.NaN),
    Number(readText(join(folder, 'cpu.cfs_period_us')) ?? Number.NaN),
  );

const ratio = (quota = 0, period = 0): number => (quota > 0 && period > 0 ? quota / period : Infinity);
