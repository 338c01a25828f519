import type { GroupConfig, Millis } from '../config/app.js';
import { step } from '../worker/step.js';
import { type Patience, unborn, type WorkerEvent } from '../worker/worker.js';
import type { Group, GroupEffect, Job, Member, Outcome, Slots, Stage } from './group.js';
import { isDown } from './members.js';

/** One step of a group in the making: what it is so far, and what is to be done. Lives no longer than the step. */
export class Turn {
  readonly effects: GroupEffect[] = [];

  constructor(
    public group: Group,
    readonly now: Millis,
    private readonly dice: () => number,
  ) {}

  /** Let something happen to a worker. */
  tell(id: number, event: WorkerEvent): void {
    const member = this.member(id);
    if (!member) return;
    const chance = { now: this.now, dice: this.dice(), life: this.group.nextLife };
    const { worker, effects } = step(member.worker, event, member.config, chance);
    this.put({ ...member, worker });
    for (const effect of effects) {
      if (effect.do !== 'spawn') this.effects.push(effect);
      else {
        this.effects.push({ ...effect, slot: member.slot, config: member.config });
        this.change({ nextLife: this.group.nextLife + 1 });
      }
    }
  }

  /** A new member without a life yet. */
  add(slot: number, part: Member['part'], config: GroupConfig): number {
    const id = this.group.nextMember;
    const member: Member = { id, slot, part, config, worker: unborn };
    this.change({ members: [...this.group.members, member], nextMember: id + 1 });
    return id;
  }

  put(member: Member): void {
    const at = this.position(member.id);
    if (at !== undefined) this.change({ members: this.group.members.with(at, member) });
  }

  /** Out of its slot: it goes, and is forgotten when it is gone. */
  dismiss(id: number, patience: Patience): void {
    const member = this.member(id);
    if (!member) return;
    this.put({ ...member, part: 'leaver' });
    this.tell(id, { type: 'wantDown', patience });
  }

  change(change: Partial<Group>): void {
    this.group = { ...this.group, ...change };
  }

  to(job: Job, stage: Stage): void {
    this.change({ job: { ...job, stage } });
  }

  /** The job under way is over. */
  settle(outcome: Outcome): void {
    const { job } = this.group;
    if (job) this.answer(job, outcome);
    this.change({ job: null });
  }

  answer(job: Job, outcome: Outcome): void {
    this.effects.push({ do: 'settle', ticket: job.ticket, outcome });
  }

  member(id: number): Member | undefined {
    const at = this.position(id);
    return at === undefined ? undefined : this.group.members[at];
  }

  holder(slot: number): Member | undefined {
    return this.group.members.find((m) => m.slot === slot && m.part === 'holder');
  }

  /** Whether these are down, or forgotten already. */
  areDown(ids: readonly number[]): boolean {
    return ids.every((id) => {
      const member = this.member(id);
      return !member || isDown(member);
    });
  }

  leavers(): readonly number[] {
    return this.group.members.filter((m) => m.part === 'leaver').map((m) => m.id);
  }

  /** Those beyond the last slot go. */
  dismissSurplus(count: number, patience: Patience): void {
    for (const { id, slot, part } of this.group.members)
      if (slot >= count && part !== 'leaver') this.dismiss(id, patience);
  }

  /** All members in these slots, leavers and newcomers too. */
  within(slots: Slots): readonly Member[] {
    return this.group.members.filter((m) => slots === null || slots.includes(m.slot));
  }

  /** Members stay in the order of their ids; with a thousand of them a walk for each would cost. */
  private position(id: number): number | undefined {
    const { members } = this.group;
    let low = 0;
    for (let high = members.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((members[middle]?.id ?? id) < id) low = middle + 1;
      else high = middle;
    }
    return members[low]?.id === id ? low : undefined;
  }
}
