import type { GroupConfig } from '../config/app.js';
import type { Names } from '../control/protocol.js';
import {
  type AppStatus,
  type GroupStatus,
  type Hello,
  PROTOCOL,
  type WorkerStatus,
} from '../control/protocol.js';
import type { Group, Member } from '../group/group.js';
import { readyCount } from '../group/members.js';
import { now } from '../system/clock.js';
import { ownPid } from '../system/machine.js';
import { packageVersion } from '../system/package.js';
import { isAlive, isCrashLooping } from '../worker/worker.js';
import type { App } from './app.js';
import { deathOf, nextTryIn } from './facts.js';
import { addressOf } from './held-sockets.js';
import { type Chosen, choose } from './names.js';
import type { Usage } from './usage.js';

export function helloOf(app: App): Hello {
  return {
    app: app.name,
    pid: ownPid,
    version: packageVersion(),
    protocol: PROTOCOL,
    file: app.file,
    logDir: app.parts.logDir,
    uptime: Math.round(now() - app.startedAt),
  };
}

export function statusOf(app: App, names: Names): AppStatus {
  const chosen = choose(names, app.counts);
  const groups = [...app.groups.values()].filter(({ config }) => chosen.has(config.name));
  const usages = measure(app, groups);
  return {
    ...helloOf(app),
    groups: groups.map((group) => groupStatus(app, group, chosen, usages)),
    config: app.configState(),
    lostLogBytes: app.lostLogBytes,
  };
}

type Usages = ReadonlyMap<number, Usage>;

function measure(app: App, groups: readonly Group[]): Usages {
  const lives = groups.flatMap((group) =>
    group.members.flatMap(({ config, worker }) => {
      const life = isAlive(worker) ? app.lives.get(config.name, worker.life) : undefined;
      return life ? [{ identity: life.identity, spawnedAt: worker.spawnedAt }] : [];
    }),
  );
  return app.meter.look(lives, now());
}

function groupStatus(app: App, group: Group, chosen: Chosen, usages: Usages): GroupStatus {
  const { config, count, job } = group;
  const slots = chosen.get(config.name) ?? null;
  const members = group.members.filter(({ slot }) => slots === null || slots.includes(slot));
  const sorted = members.toSorted((a, b) => a.slot - b.slot || a.id - b.id);
  return {
    group: config.name,
    wanted: count,
    ready: readyCount(group),
    listen: addresses(config),
    job: job?.command.do ?? null,
    workers: sorted.map((member) => workerStatus(app, member, usages)),
  };
}

const addresses = ({ listen }: GroupConfig): readonly string[] => listen.map(addressOf);

function workerStatus(app: App, member: Member, usages: Usages): WorkerStatus {
  const { config, slot, part, worker } = member;
  const life = isAlive(worker) ? app.lives.get(config.name, worker.life) : undefined;
  const usage = life && usages.get(life.identity.pid);
  const time = now();
  return {
    worker: `${config.name}.${slot}`,
    phase: worker.phase,
    part,
    pid: life?.main.pid ?? null,
    life: worker.life,
    uptime: life ? Math.round(time - worker.spawnedAt) : null,
    restarts: worker.restarts,
    cpu: usage?.cpu ?? null,
    memory: usage?.memory ?? null,
    crashLooping: isCrashLooping(worker),
    nextTryIn: nextTryIn(member, time),
    last: deathOf(member, app.knowledge),
    says: life?.says ?? null,
  };
}
