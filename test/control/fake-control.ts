import type { ChangeReport, Control, Hello } from '../../src/control/protocol.js';
import { SAMPLE_STATUS } from './sample-status.js';

const { groups: _, config: __, lostLogBytes: ___, ...hello } = SAMPLE_STATUS;
export const HELLO: Hello = hello;
export const CHANGED: ChangeReport = {
  plan: false,
  took: 2800,
  changes: [
    {
      group: 'web',
      does: 'replace',
      workers: ['web.0', 'web.1'],
      keys: ['command'],
      count: { from: 2, to: 2 },
    },
  ],
};

export type Asked = { readonly verb: string; readonly ask: unknown };

/** A master that only remembers what it was asked; `own` verbs answer in their own way. */
export function fakeControl(own: Partial<Control> = {}): {
  readonly control: Control;
  readonly asked: Asked[];
} {
  const asked: Asked[] = [];
  const control: Control = {
    hello: async () => HELLO,
    status: async () => SAMPLE_STATUS,
    start: async () => ({ started: ['web.2'], already: ['web.0', 'web.1'], status: SAMPLE_STATUS }),
    stop: async ({ names }) => ({ stopped: ['web.0', 'web.1'], masterEnds: names.length === 0 }),
    restart: async () => CHANGED,
    reload: async ({ plan }) => ({ ...CHANGED, plan }),
    apply: async ({ plan }) => ({ ...CHANGED, plan }),
    scale: async () => CHANGED,
    signal: async () => ({ sent: [{ worker: 'web.0', pid: 4300 }] }),
    events: async () => ({ events: [] }),
    ...own,
  };
  return { control: remembering(control, asked), asked };
}

function remembering(control: Control, asked: Asked[]): Control {
  const verbs = Object.entries(control).map(([verb, act]) => [
    verb,
    (ask: never, news: never, left: never) => {
      asked.push({ verb, ask });
      return act(ask, news, left);
    },
  ]);
  return Object.fromEntries(verbs);
}
