import type { Control, Fact, Names } from '../../control/protocol.js';
import type { App } from '../app.js';
import { helloOf, statusOf } from '../status.js';
import { superseded } from '../turns.js';
import { apply } from './apply.js';
import { events } from './events.js';
import { reload } from './reload.js';
import { restart } from './restart.js';
import { scale } from './scale.js';
import { signal } from './signal.js';
import { start } from './start.js';
import { stop } from './stop.js';

type News = (fact: Fact) => void;

/** Every verb that a master answers. */
export function controlOf(app: App): Control {
  const changing = <T>(names: Names, news: News, verb: () => Promise<T>): Promise<T> => {
    if (app.ending) return Promise.reject(superseded());
    return telling(app, names, news, verb);
  };
  return {
    hello: async () => helloOf(app),
    status: async ({ names }) => statusOf(app, names),
    start: (ask, news) => changing(ask.names, news, () => start(app, ask)),
    stop: (ask, news) => telling(app, ask.names, news, () => stop(app, ask)),
    restart: (ask, news) => changing(ask.names, news, () => restart(app, ask)),
    reload: (ask, news) => changing(ask.names, news, () => reload(app, ask)),
    apply: (ask, news) => changing([], news, () => apply(app, ask)),
    scale: (ask, news) => changing(Object.keys(ask.counts), news, () => scale(app, ask)),
    signal: async (ask) => signal(app, ask),
    events: (ask, news, left = NEVER) => events(app, ask, news, left),
  };
}

const NEVER = new AbortController().signal;

/** While a verb is under way, whoever asked hears what happens to the groups that it named. */
async function telling<T>(app: App, names: Names, news: News, verb: () => Promise<T>): Promise<T> {
  const groups = new Set(names.map((name) => name.replace(/\.\d+$/, '')));
  const stop = app.parts.journal.subscribe((fact) => {
    const concerns = !('group' in fact) || groups.size === 0 || groups.has(fact.group);
    if (concerns) news(fact);
  });
  try {
    return await verb();
  } finally {
    stop();
  }
}
