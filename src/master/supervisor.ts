import type { GroupConfig, Millis } from '../config/app.js';
import type { Running } from '../group/changes.js';
import type { Command, Group, GroupEffect, GroupEvent, Outcome } from '../group/group.js';
import { isDown, newGroup } from '../group/members.js';
import { stepGroup } from '../group/step.js';

/** What the supervisor needs from outside: the hand that acts, the time, the dice, and who wants to know. */
export type World = {
  readonly now: () => Millis;
  readonly dice: () => number;
  perform(group: string, effect: Exclude<GroupEffect, { do: 'settle' }>): void;
  /** After each step and its effects, with the group before and after it. */
  publish(before: Group, after: Group): void;
  /** One of these threw what nobody expected; everything else goes on. */
  broke(error: unknown): void;
};

/** The only owner of the groups. Everything enters by `tell`, one event at a time. */
export class Supervisor {
  private readonly all = new Map<string, Group>();
  private readonly inbox: { readonly name: string; readonly event: GroupEvent }[] = [];
  private readonly waiting = new Map<number, (outcome: Outcome) => void>();
  /** Where the numbers of lives go on, should a group come back. */
  private readonly nextLives = new Map<string, number>();
  private nextTicket = 1;
  private busy = false;

  constructor(private readonly world: World) {}

  get groups(): ReadonlyMap<string, Group> {
    return this.all;
  }

  running(): readonly Running[] {
    return [...this.all.values()].map(running);
  }

  add(config: GroupConfig): void {
    const { name } = config;
    if (this.all.has(name)) return;
    this.all.set(name, { ...newGroup(config), nextLife: this.nextLives.get(name) ?? 1 });
  }

  /** The group as it was; null, and it stays, while it has a life or somebody waits for it. */
  remove(name: string): Group | null {
    const group = this.all.get(name);
    if (!group?.members.every(isDown) || group.job || group.queue.length > 0) return null;
    this.all.delete(name);
    this.nextLives.set(name, group.nextLife);
    return group;
  }

  /** The outcome comes when the command has run its course; every command has one. */
  command(name: string, command: Command): Promise<Outcome> {
    const ticket = this.nextTicket++;
    return new Promise((resolve) => {
      this.waiting.set(ticket, resolve);
      this.tell(name, { type: 'command', ticket, command });
    });
  }

  tell(name: string, event: GroupEvent): void {
    this.inbox.push({ name, event });
    if (this.busy) return;
    this.busy = true;
    for (let next = this.inbox.shift(); next; next = this.inbox.shift()) {
      const { name, event } = next;
      this.attempt(() => this.take(name, event));
    }
    this.busy = false;
  }

  private take(name: string, event: GroupEvent): void {
    const before = this.all.get(name);
    if (!before) {
      this.nobody(event);
      return;
    }
    const { group, effects } = stepGroup(before, event, this.world.now(), this.world.dice);
    this.all.set(name, group);
    for (const effect of effects) this.attempt(() => this.act(name, effect));
    this.world.publish(before, group);
  }

  /** The group was removed in the meantime: whoever waits for it is answered nevertheless. */
  private nobody(event: GroupEvent): void {
    if (event.type === 'command') this.settle(event.ticket, { ok: false, why: 'superseded', by: 'stop' });
  }

  private act(name: string, effect: GroupEffect): void {
    if (effect.do === 'settle') this.settle(effect.ticket, effect.outcome);
    else this.world.perform(name, effect);
  }

  private attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.world.broke(error);
    }
  }

  private settle(ticket: number, outcome: Outcome): void {
    this.waiting.get(ticket)?.(outcome);
    this.waiting.delete(ticket);
  }
}

/** One that was replaced in part counts as running what the rest of it still runs. */
function running({ config, count, members }: Group): Running {
  const old = members.find((member) => member.part === 'holder' && member.config !== config);
  return { config: old?.config ?? config, count };
}
