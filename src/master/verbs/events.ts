import type { Fact, Protocol } from '../../control/protocol.js';
import type { App } from '../app.js';

/** What happened lately; with `follow` also what happens, until the client leaves or the app has stopped. */
export function events(
  app: App,
  { follow }: Protocol['events']['ask'],
  news: (fact: Fact) => void,
  left: AbortSignal,
): Promise<Protocol['events']['answer']> {
  const { journal } = app.parts;
  if (!follow) return Promise.resolve({ events: journal.recent });
  for (const fact of journal.recent) news(fact);
  return new Promise((resolve) => {
    const leave = () => {
      stop();
      resolve({ events: [] });
    };
    const stop = journal.subscribe((fact) => {
      news(fact);
      if (fact.kind === 'app' && fact.state === 'stopped') leave();
    });
    if (left.aborted) leave();
    else left.addEventListener('abort', leave, { once: true });
  });
}
