import type { Millis } from '../../src/config/app.js';
import type { GroupEffect, GroupEvent } from '../../src/group/group.js';
import type { Ending } from '../../src/worker/worker.js';
import type { Clock } from './clock.js';
import type { Dice } from './dice.js';
import { drawScript, goodScript, mannersOf, type Script } from './program.js';

type Effect = Exclude<GroupEffect, { do: 'settle' }>;
type Spawn = Extract<Effect, { do: 'spawn' }>;

/** One process, as it really is. */
export type Process = {
  readonly life: number;
  readonly slot: number;
  readonly spawnedAt: Millis;
  script: Script;
  alive: boolean;
  /** Whether its end was told; until then the master must take it for alive. */
  told: boolean;
  /** It was told to go without a limit: it goes when its work is done, which is at the end of the history. */
  patient: boolean;
  leaving: boolean;
  reload: number;
};

/** A machine that is not there: processes that do what their script says, and news that come late, twice or too early. */
export class Machine {
  readonly processes = new Map<number, Process>();
  /** Processes whose end was not told yet. */
  untold = 0;
  private calm = false;

  constructor(
    private readonly clock: Clock,
    private readonly dice: Dice,
    private readonly tell: (event: GroupEvent) => void,
  ) {}

  perform(effect: Effect, isPatient: boolean): void {
    const process = this.processes.get(effect.life);
    if (effect.do === 'spawn') this.spawn(effect);
    else if (effect.do === 'wake') this.wake(effect.life, effect.after);
    else if (!process?.alive) return;
    else if (effect.do === 'askReload') this.askReload(process, effect.within);
    else if (effect.signal === 'SIGKILL') this.die(process, 0, { how: 'signal', signal: 'SIGKILL' });
    else this.terminate(process, isPatient);
  }

  /** From now on every program behaves, those that run already too. */
  becomeCalm(): void {
    this.calm = true;
    for (const process of this.processes.values()) if (process.alive) this.soothe(process);
  }

  private soothe(process: Process): void {
    const { life } = process;
    const wasReadyTold = process.script.readyAfter !== null;
    process.script = { ...goodScript(this.dice), leavesAfter: process.script.leavesAfter };
    if (!wasReadyTold) this.news(process, 10, { type: 'ready', life });
    if (process.leaving && process.patient) this.die(process, 10, { how: 'code', code: 0 });
    if (process.reload > 0) this.clock.after(10, () => this.confirm(process, process.reload));
  }

  private spawn({ life, slot, config }: Spawn): void {
    const { dice } = this;
    const script = this.calm ? goodScript(dice) : drawScript(mannersOf(config), dice);
    const state = { alive: true, told: false, patient: false, leaving: false, reload: 0 };
    const process: Process = { life, slot, spawnedAt: this.clock.now, script, ...state };
    this.processes.set(life, process);
    this.untold += 1;
    this.follow(process);
  }

  private follow(process: Process): void {
    const { life, script } = process;
    this.news(process, script.readyAfter, { type: 'ready', life });
    this.news(process, script.unwellAfter, { type: 'unwell', life, reason: 'no answer' });
    this.news(process, script.extendAfter, { type: 'extend', life, by: this.dice.between(1, 3000) });
    if (script.endsAfter === null) return;
    this.clock.after(script.endsAfter, () => {
      if (process.script.endsAfter !== null) this.die(process, 0, script.ending);
    });
  }

  private news(process: Process, wait: Millis | null, event: GroupEvent): void {
    if (wait === null) return;
    this.clock.after(wait, () => {
      const isOver = event.type === 'unwell' && process.script.unwellAfter === null;
      if (process.alive && !isOver) this.deliver(event);
    });
  }

  private die(process: Process, wait: Millis, ending: Ending): void {
    this.clock.after(wait, () => {
      if (!process.alive) return;
      process.alive = false;
      this.deliver({ type: 'exited', life: process.life, ending });
      if (this.dice.chance(0.1)) this.haunt(process.life);
    });
  }

  /** News of a life that is over. */
  private haunt(life: number): void {
    const { dice } = this;
    this.clock.after(dice.between(1, 5000), () =>
      this.tell(
        dice.pick<GroupEvent>(
          { type: 'ready', life },
          { type: 'exited', life, ending: { how: 'unknown' } },
          { type: 'unwell', life, reason: 'no answer' },
          { type: 'extend', life, by: 5000 },
          { type: 'due', life },
          { type: 'reloaded', life },
          { type: 'reloadLate', life },
        ),
      ),
    );
  }

  /** At once, or a little later; now and then twice. */
  private deliver(event: GroupEvent): void {
    const { dice } = this;
    this.clock.after(dice.chance(0.3) ? dice.between(0, 30) : 0, () => this.tell(event));
    if (dice.chance(0.03)) this.clock.after(dice.between(0, 2000), () => this.tell(event));
  }

  /** Timers are now and then late, too early, or go off twice. */
  private wake(life: number, after: Millis): void {
    const { dice } = this;
    const wait = dice.chance(0.2) ? after + dice.between(-20, 50) : after;
    this.clock.after(wait, () => this.tell({ type: 'due', life }));
    if (dice.chance(0.03)) this.clock.after(after * dice.roll() * 2, () => this.tell({ type: 'due', life }));
  }

  private terminate(process: Process, isPatient: boolean): void {
    const { leavesAfter } = process.script;
    process.leaving = true;
    process.patient ||= isPatient;
    const wait = leavesAfter ?? (this.calm && process.patient ? 2000 : null);
    if (wait !== null) this.die(process, wait, { how: 'signal', signal: 'SIGTERM' });
  }

  private askReload(process: Process, within: Millis): void {
    const { life, script } = process;
    const ask = ++process.reload;
    this.clock.after(within, () => {
      if (process.reload === ask && process.alive) this.tell({ type: 'reloadLate', life });
    });
    if (script.onReload === 'dies') this.die(process, 5, script.ending);
    if (script.onReload !== 'confirms') return;
    this.clock.after(this.dice.between(0, 1200), () => this.confirm(process, ask));
  }

  /** Once it confirmed, the timer of that ask is off. */
  private confirm(process: Process, ask: number): void {
    if (process.reload !== ask || !process.alive) return;
    process.reload += 1;
    this.deliver({ type: 'reloaded', life: process.life });
  }
}
