import type { Command, Group, GroupEvent, Outcome } from '../../src/group/group.js';
import { newGroup } from '../../src/group/members.js';
import type { stepGroup } from '../../src/group/step.js';
import { Clock } from './clock.js';
import { drawCommand, drawConfig, drawFirstConfig } from './commands.js';
import { Dice } from './dice.js';
import type { Laws, Moment, Watch } from './law.js';
import { LAWS } from './laws/laws.js';
import { Machine } from './machine.js';
import { line } from './trace.js';

export type Core = typeof stepGroup;
/** What becomes of each step, for people to read. */
export type Say = (line: string) => void;

/** A law does not hold; `law` is its sentence. */
export class Broken extends Error {
  constructor(
    readonly law: string,
    readonly detail: string,
  ) {
    super(`${law}: ${detail}`);
  }
}

/** So many steps are never needed: the core tells itself things. */
const MOST_STEPS = 20_000;

/** One random life of one group, from its first start to its last stop. */
export class History {
  private readonly dice: Dice;
  private readonly clock = new Clock();
  private readonly machine: Machine;
  private readonly watches: readonly (readonly [string, Watch])[];
  private readonly outcomes = new Map<number, Outcome | null>();
  private group: Group;
  private nextTicket = 1;
  steps = 0;

  constructor(
    seed: number,
    private readonly core: Core,
    private readonly say: Say | null = null,
    laws: Laws = LAWS,
  ) {
    this.dice = new Dice(seed);
    this.machine = new Machine(this.clock, this.dice, (event) => this.tell(event));
    this.watches = Object.entries(laws).map(([law, watch]) => [law, watch()]);
    this.group = newGroup(drawFirstConfig(this.dice));
  }

  /** Throws Broken when a law does not hold. */
  run(): void {
    this.disturb();
    while (this.clock.tick());
    this.machine.becomeCalm();
    this.settle();
    this.proveStart();
    this.proveReload();
    this.proveStop();
  }

  /** Commands of all kinds, some at once, some long after each other. */
  private disturb(): void {
    const { dice } = this;
    if (dice.chance(0.8)) this.command({ do: 'start', slots: null, keep: dice.chance(0.3) });
    let at = 0;
    for (let left = dice.between(1, 10); left > 0; left--) {
      at += dice.pick(0, 1, dice.between(0, 300), dice.between(0, 4000));
      this.clock.after(at, () => this.command(drawCommand(dice, this.group)));
    }
    const end = at + dice.between(0, 3000);
    this.clock.after(end, () => this.machine.becomeCalm());
  }

  private command(command: Command): number {
    const ticket = this.nextTicket++;
    this.outcomes.set(ticket, null);
    this.tell({ type: 'command', ticket, command });
    return ticket;
  }

  private tell(event: GroupEvent): void {
    if (++this.steps > MOST_STEPS) throw new Broken('a history comes to an end', `after ${MOST_STEPS} steps`);
    const isNewEnd = event.type === 'exited' && this.hearEnd(event.life);
    const before = this.group;
    const { now } = this.clock;
    const { group, effects } = this.core(before, event, now, this.dice.roll);
    const { processes, untold } = this.machine;
    const moment = { now, event, isNewEnd, before, after: group, effects, processes, untold };
    this.say?.(line(moment));
    this.judge(moment);
    this.group = group;
    this.carryOut(moment);
  }

  private hearEnd(life: number): boolean {
    const process = this.machine.processes.get(life);
    if (!process || process.told) return false;
    process.told = true;
    this.machine.untold -= 1;
    return true;
  }

  private judge(moment: Moment): void {
    for (const [law, watch] of this.watches) {
      const wrong = watch(moment);
      if (wrong !== null) throw new Broken(law, wrong);
    }
  }

  private carryOut({ event, before, after, effects }: Moment): void {
    const isPatient = [before.job, after.job, ...after.queue].some(
      (job) => job !== null && isForever(job.command),
    );
    const patient = isPatient || (event.type === 'command' && isForever(event.command));
    for (const effect of effects) {
      if (effect.do === 'settle') this.outcomes.set(effect.ticket, effect.outcome);
      else this.machine.perform(effect, patient);
    }
  }

  /** Let time run until nothing is to come; then every command must have its outcome. */
  private settle(): void {
    while (this.clock.tick());
    const open = [...this.outcomes].filter(([, outcome]) => outcome === null).map(([ticket]) => ticket);
    if (open.length > 0)
      throw new Broken('every command is answered', `nothing is to come, and ${open.join(', ')} waits`);
    const { job, queue, members } = this.group;
    if (job || queue.length > 0) throw new Broken('every command is answered', 'a job is left');
    const restless = members.find(({ worker: { phase } }) => RESTLESS.includes(phase));
    if (restless)
      throw new Broken('a worker does not wait for nothing', `${restless.slot} is ${restless.worker.phase}`);
  }

  private proveStart(): void {
    this.mustSucceed({ do: 'start', slots: null, keep: true });
    this.mustBeWhole();
  }

  private proveReload(): void {
    const config = drawConfig(this.dice, 'good');
    const count = this.dice.between(1, 4);
    this.mustSucceed({ do: 'reload', slots: null, config, count, patience: 'timeout', by: 'replace' });
    this.mustBeWhole();
    const old = this.group.members.find((member) => member.config !== config);
    if (old) throw new Broken('a reload replaces everything', `slot ${old.slot} has an old config`);
    if (this.group.count !== count)
      throw new Broken('a reload brings its count', `it is ${this.group.count}`);
  }

  private proveStop(): void {
    this.mustSucceed({ do: 'stop', slots: null, patience: this.dice.pick('timeout', 'forever', 'none') });
    if (this.machine.untold > 0) throw new Broken('after a stop nothing lives', `${this.machine.untold} do`);
  }

  private mustSucceed(command: Command): void {
    const ticket = this.command(command);
    this.settle();
    const outcome = this.outcomes.get(ticket);
    if (!outcome?.ok)
      throw new Broken('good programs come up', `${command.do} ended with ${JSON.stringify(outcome)}`);
  }

  /** Exactly `count` members, all ready, in the slots from 0 on, and no process besides theirs. */
  private mustBeWhole(): void {
    const { members, count } = this.group;
    const slots = members.map(({ slot }) => slot).sort((a, b) => a - b);
    const ready = members.filter(({ part, worker }) => part === 'holder' && worker.phase === 'ready').length;
    const isWhole = slots.length === count && slots.every((slot, at) => slot === at);
    if (!isWhole || ready !== count || this.machine.untold !== count)
      throw new Broken(
        'when all is well exactly `count` workers are ready',
        `count ${count}, slots ${slots}, ready ${ready}, alive ${this.machine.untold}`,
      );
  }
}

const RESTLESS: readonly string[] = ['starting', 'stopping', 'waiting'];

const isForever = (command: Command): boolean => 'patience' in command && command.patience === 'forever';
