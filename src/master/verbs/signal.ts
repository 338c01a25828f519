import type { Protocol, SignalReport } from '../../control/protocol.js';
import type { App } from '../app.js';
import { choose } from '../names.js';

/** To the main process of each named worker that has one. */
export function signal(app: App, { names, signal }: Protocol['signal']['ask']): SignalReport {
  const chosen = choose(names, app.counts);
  const sent = [...chosen].flatMap(([group, slots]) => {
    const members = app.groups.get(group)?.members ?? [];
    const named = members.filter(({ slot }) => slots === null || slots.includes(slot));
    return named.flatMap(({ slot, worker }) => {
      const life = app.lives.get(group, worker.life);
      return life?.signal(signal) ? [{ worker: `${group}.${slot}`, pid: life.main.pid }] : [];
    });
  });
  return { sent };
}
