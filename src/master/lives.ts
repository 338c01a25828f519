import type { GroupEffect, GroupEvent } from '../group/group.js';
import { after } from '../system/clock.js';
import type { Ending } from '../worker/worker.js';
import type { HeldSockets } from './held-sockets.js';
import { launchReason } from './launch-problem.js';
import { type Birth, Life } from './life.js';
import type { Capture } from './output/capture.js';
import type { ReadinessNews } from './readiness/readiness.js';

type Effect = Exclude<GroupEffect, { do: 'settle' }>;
type Spawn = Extract<Effect, { do: 'spawn' }>;

export type Surroundings = Pick<Birth, 'app' | 'stateDir' | 'preload' | 'inherited'> & {
  readonly capture: Capture;
  readonly sockets: HeldSockets;
  tell(group: string, event: GroupEvent): void;
  /** sd_notify(3) STATUS of a worker. */
  says(worker: string, group: string, text: string): void;
};

/** Every life there is, and the last words of those that ended: the hand of the supervisor. */
export class Lives {
  private readonly living = new Map<string, Life>();
  /** How to give up waiting for a life that was asked to reload: it is asked anew, or it ended. */
  private readonly asked = new Map<string, () => void>();
  private readonly lastWords = new Map<string, readonly string[]>();

  constructor(private readonly around: Surroundings) {}

  perform(group: string, effect: Effect): void {
    const { life } = effect;
    switch (effect.do) {
      case 'spawn':
        this.spawn(group, effect);
        break;
      case 'signal':
        this.get(group, life)?.stop(effect.signal);
        break;
      case 'wake':
        after(effect.after, () => this.around.tell(group, { type: 'due', life }));
        break;
      case 'askReload':
        this.askReload(group, effect);
        break;
      default:
        effect satisfies never;
    }
  }

  get(group: string, life: number): Life | undefined {
    return this.living.get(key(group, life));
  }

  /** The last lines that a life wrote, also after its end. */
  tail(group: string, life: number): readonly string[] {
    return this.get(group, life)?.tail ?? this.lastWords.get(key(group, life)) ?? [];
  }

  get count(): number {
    return this.living.size;
  }

  /** Whatever keeps it from beginning is an end of that life, and what follows is its policy's matter. */
  private spawn(group: string, effect: Spawn): void {
    const { life } = effect;
    try {
      this.living.set(key(group, life), this.begin(group, effect));
    } catch (error) {
      this.around.tell(group, { type: 'exited', life, ending: { how: 'exec', why: launchReason(error) } });
    }
  }

  private begin(group: string, { life, slot, config }: Spawn): Life {
    const worker = `${config.name}.${slot}`;
    const log = this.around.capture.slot(worker, config.logs);
    const sockets = this.around.sockets.descriptors(config);
    return Life.begin(
      { ...this.around, config, slot, life, log, sockets },
      {
        news: (news) => this.hear(group, worker, life, news),
        ended: (ending) => this.bury(group, life, ending),
      },
    );
  }

  private hear(group: string, worker: string, life: number, news: ReadinessNews): void {
    if (news.type === 'ready') this.around.tell(group, { type: 'ready', life });
    if (news.type === 'extend') this.around.tell(group, { type: 'extend', life, by: news.by });
    if (news.type === 'unwell') this.around.tell(group, { type: 'unwell', life, reason: news.reason });
    if (news.type === 'status') this.around.says(worker, group, news.text);
  }

  private bury(group: string, life: number, ending: Ending): void {
    const ended = this.get(group, life);
    if (ended) this.remember(key(group, life), ended.tail);
    this.living.delete(key(group, life));
    this.asked.get(key(group, life))?.();
    this.around.tell(group, { type: 'exited', life, ending });
  }

  /** Of so many dead as there may be slots, the newest. */
  private remember(name: string, tail: readonly string[]): void {
    if (tail.length === 0) return;
    this.lastWords.set(name, tail);
    const [oldest] = this.lastWords.keys();
    if (this.lastWords.size > MOST_DEAD && oldest !== undefined) this.lastWords.delete(oldest);
  }

  private askReload(group: string, { life, signal, within }: Extract<Effect, { do: 'askReload' }>): void {
    const name = key(group, life);
    this.asked.get(name)?.();
    const late = after(within, () => over({ type: 'reloadLate', life }));
    const watch = this.get(group, life)?.reload(signal, () => over({ type: 'reloaded', life }));
    const close = () => {
      late.cancel();
      watch?.close();
      this.asked.delete(name);
    };
    const over = (event: GroupEvent) => {
      close();
      this.around.tell(group, event);
    };
    this.asked.set(name, close);
  }
}

const MOST_DEAD = 2_000;

const key = (group: string, life: number): string => `${group}#${life}`;
