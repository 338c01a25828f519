import type { AppConfig, GroupConfig } from '../config/app.js';
import { ConfigMissing } from '../config/errors.js';
import { loadConfig } from '../config/load.js';
import { SupError } from '../errors/sup-error.js';
import { applyChanges } from '../group/changes.js';
import type { Command, Group, Member, Outcome } from '../group/group.js';
import { now } from '../system/clock.js';
import { writeErr } from '../system/machine.js';
import type { Knowledge } from './facts.js';
import { factsBetween } from './facts.js';
import { reasonFor } from './failure.js';
import type { HeldSockets } from './held-sockets.js';
import type { Journal } from './journal.js';
import { Lives, type Surroundings } from './lives.js';
import type { Capture, Loss } from './output/capture.js';
import { Supervisor } from './supervisor.js';
import { Turns } from './turns.js';
import { UsageMeter } from './usage.js';

export type Parts = {
  readonly config: AppConfig;
  readonly logDir: string;
  readonly inherited: Readonly<Record<string, string>>;
  readonly dice: () => number;
  readonly journal: Journal;
  readonly sockets: HeldSockets;
  readonly capture: Capture;
  surroundings(app: App): Surroundings;
};

/** A running app: its groups and all that the verbs need of it. */
export class App {
  readonly supervisor: Supervisor;
  readonly lives: Lives;
  readonly turns = new Turns();
  readonly meter = new UsageMeter();
  readonly startedAt = now();
  readonly ended: Promise<void>;
  /** A stop of the whole app came in; nothing is started any more. */
  ending = false;
  lostLogBytes = 0;
  /** Ends the master, once all has been stopped. */
  end: () => void = () => {};

  constructor(readonly parts: Parts) {
    this.lives = new Lives(parts.surroundings(this));
    this.supervisor = new Supervisor({
      now,
      dice: parts.dice,
      perform: (group, effect) => this.lives.perform(group, effect),
      publish: (before, after) => this.publish(before, after),
      broke,
    });
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    for (const group of parts.config.groups) this.supervisor.add(group);
  }

  get name(): string {
    return this.parts.config.name;
  }

  get file(): string {
    return this.parts.config.file;
  }

  get groups(): ReadonlyMap<string, Group> {
    return this.supervisor.groups;
  }

  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.groups].map(([name, { count }]) => [name, count]));
  }

  get configs(): readonly GroupConfig[] {
    return [...this.groups.values()].map(({ config }) => config);
  }

  get knowledge(): Knowledge {
    return {
      now: now(),
      pid: (group, life) => this.lives.get(group, life)?.main.pid ?? null,
      tail: (group, life) => this.lives.tail(group, life),
    };
  }

  /** A command to a group, told in the journal at its begin and its end. */
  async run(group: string, command: Command): Promise<Outcome> {
    const { journal } = this.parts;
    const job = command.do;
    journal.publish({ kind: 'job', group, job, state: 'began', reason: null });
    const outcome = await this.supervisor.command(group, command);
    const state = outcome.ok ? 'done' : outcome.why === 'superseded' ? 'superseded' : 'failed';
    journal.publish({ kind: 'job', group, job, state, reason: outcome.ok ? null : reasonFor(outcome) });
    return outcome;
  }

  /** sup.yaml as it is now; invalid, or of another app: an error, and nothing has changed. */
  reread(): AppConfig {
    const next = loadConfig(this.file, this.parts.inherited);
    if (next.name === this.name) return next;
    const message = `${next.file}: name is ${next.name} now, but ${this.name} runs`;
    throw new SupError('E_CONFIG_INVALID', message, `stop ${this.name} first, or give it its name back`);
  }

  /** A verb has carried out what the file says. */
  tookFile(): void {
    this.parts.journal.publish({ kind: 'app', state: 'reread', detail: this.file });
  }

  /** Whether `sup apply` would change anything now. */
  configState(): 'same' | 'changed' | 'invalid' | 'missing' {
    try {
      const changes = applyChanges(this.supervisor.running(), this.reread().groups);
      return changes.every(({ does }) => does === 'nothing') ? 'same' : 'changed';
    } catch (error) {
      return error instanceof ConfigMissing ? 'missing' : 'invalid';
    }
  }

  /** A group that is down is no more, with its logs and its sockets. */
  forget(name: string): void {
    const gone = this.supervisor.remove(name);
    if (gone) this.closeLogs(gone.members, []);
    this.releaseSockets();
  }

  /** Close the sockets that nobody names: no group, no member, old or new, and no command that waits for its turn. */
  releaseSockets(): void {
    this.parts.sockets.keepOnly([...this.groups.values()].flatMap(configsOf));
  }

  /** Log bytes that could not be written. */
  lost({ worker, bytes, code }: Loss): void {
    this.lostLogBytes += bytes;
    this.parts.journal.publish({ kind: 'loss', worker, bytes, reason: code });
  }

  private publish(before: Group, after: Group): void {
    for (const news of factsBetween(before, after, this.knowledge)) this.parts.journal.publish(news);
    const added = after.nextMember - before.nextMember;
    if (before.members.length + added > after.members.length) this.closeLogs(before.members, after.members);
  }

  /** The log files of slots that are no more. */
  private closeLogs(before: readonly Member[], after: readonly Member[]): void {
    const slots = new Set(after.map(({ slot }) => slot));
    for (const { slot, config } of before)
      if (!slots.has(slot)) this.parts.capture.slot(`${config.name}.${slot}`, config.logs).close();
  }
}

function configsOf({ config, members, job, queue }: Group): readonly GroupConfig[] {
  const commands = [...(job ? [job] : []), ...queue].map(({ command }) => command);
  const coming = commands.flatMap((command) => ('config' in command ? [command.config] : []));
  return [config, ...members.map((member) => member.config), ...coming];
}

/** To the daemon's error log, or the terminal: a fault of ours, of which the workers should notice nothing. */
function broke(error: unknown): void {
  writeErr(`${error instanceof Error ? error.stack : String(error)}\n`);
}
