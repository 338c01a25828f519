import type { GroupConfig } from '../../src/config/app.js';
import type { Command, Group, GroupEffect, GroupEvent, Outcome } from '../../src/group/group.js';
import { newGroup } from '../../src/group/members.js';
import { stepGroup } from '../../src/group/step.js';
import type { Patience } from '../../src/worker/worker.js';
import { someConfig } from './some-config.js';

/** A group in the hand of a test: what it was told, what it wants done, and who was answered what. */
export class DrivenGroup {
  group: Group;
  now = 0;
  /** Of the last step, but for timers and answers: `spawn 3 in 1`, `SIGTERM 2`, `ask 2`. */
  acts: readonly string[] = [];
  readonly outcomes = new Map<number, Outcome>();
  readonly effects: GroupEffect[] = [];
  private nextTicket = 1;

  constructor(readonly config: GroupConfig = someConfig()) {
    this.group = newGroup(config);
  }

  /** One whose workers are all ready. */
  static up(config: GroupConfig = someConfig()): DrivenGroup {
    const driven = new DrivenGroup(config);
    driven.start();
    driven.readyAll();
    return driven;
  }

  tell(event: GroupEvent): void {
    const { group, effects } = stepGroup(this.group, event, this.now, () => 0.5);
    this.group = group;
    this.effects.push(...effects);
    this.acts = effects.flatMap(words);
    for (const effect of effects)
      if (effect.do === 'settle') this.outcomes.set(effect.ticket, effect.outcome);
  }

  /** Gives the ticket. */
  command(command: Command): number {
    const ticket = this.nextTicket++;
    this.tell({ type: 'command', ticket, command });
    return ticket;
  }

  start(slots: readonly number[] | null = null, keep = false): number {
    return this.command({ do: 'start', slots, keep });
  }

  stop(slots: readonly number[] | null = null, patience: Patience = 'timeout'): number {
    return this.command({ do: 'stop', slots, patience });
  }

  restart(slots: readonly number[] | null = null): number {
    return this.command({ do: 'restart', slots, patience: 'timeout' });
  }

  reload(change: Partial<Extract<Command, { do: 'reload' }>> = {}): number {
    const { config, count } = this.group;
    return this.command({
      do: 'reload',
      slots: null,
      config,
      count,
      patience: 'timeout',
      by: 'replace',
      ...change,
    });
  }

  adjust(count: number, config: GroupConfig = this.group.config): number {
    return this.command({ do: 'adjust', config, count, patience: 'timeout' });
  }

  ready(...lives: readonly number[]): void {
    for (const life of lives) this.tell({ type: 'ready', life });
  }

  readyAll(): void {
    for (const { worker } of this.group.members) if (worker.phase === 'starting') this.ready(worker.life);
  }

  exit(life: number, code = 0): void {
    this.tell({ type: 'exited', life, ending: { how: 'code', code } });
  }

  /** All that were told to go do. */
  leaveAll(): void {
    for (const { worker } of this.group.members) if (worker.phase === 'stopping') this.exit(worker.life);
  }

  /** `0:1 ready`, `0:3 starting newcomer`; in the order of their slots. */
  get members(): readonly string[] {
    return [...this.group.members]
      .sort((a, b) => a.slot - b.slot || a.id - b.id)
      .map(({ slot, part, worker }) => {
        const words = `${slot}:${worker.life} ${worker.phase}`;
        return part === 'holder' ? words : `${words} ${part}`;
      });
  }

  /** The config of each holder, by slot. */
  get configs(): readonly GroupConfig[] {
    const holders = this.group.members.filter(({ part }) => part === 'holder');
    return holders.sort((a, b) => a.slot - b.slot).map(({ config }) => config);
  }
}

function words(effect: GroupEffect): readonly string[] {
  if (effect.do === 'spawn') return [`spawn ${effect.life} in ${effect.slot}`];
  if (effect.do === 'signal') return [`${effect.signal} ${effect.life}`];
  return effect.do === 'askReload' ? [`ask ${effect.life}`] : [];
}

export const OK: Outcome = { ok: true };
export const SUPERSEDED: Outcome = { ok: false, why: 'superseded', by: 'stop' };
/** What an outcome says, without the death. */
export const told = (outcome: Outcome | undefined): string =>
  !outcome
    ? 'nothing'
    : outcome.ok
      ? 'ok'
      : 'slot' in outcome
        ? `${outcome.why} in ${outcome.slot}`
        : outcome.why;
