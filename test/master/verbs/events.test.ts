import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fact } from '../../../src/control/protocol.js';
import { app, endAll, heard, master, ready } from '../rig.js';

const it = suite('events');
it.after.each(endAll);

const kinds = (facts: readonly Fact[]) =>
  facts.map((fact) => (fact.kind === 'worker' ? `${fact.worker} ${fact.phase}` : fact.kind));

it('gives what happened lately', async () => {
  const m = await master(app({ web: ready() }));
  await m.control.start({ names: [] }, heard);
  const { events } = await m.control.events({ follow: false }, heard);
  assert.equal(kinds(events), ['app', 'job', 'web.0 starting', 'web.0 ready', 'job']);
  assert.equal(
    events.map(({ seq }) => seq),
    [1, 2, 3, 4, 5],
  );
  await m.end();
});

it('follows until the client leaves', async () => {
  const m = await master(app({ web: ready() }));
  const left = new AbortController();
  const news: Fact[] = [];
  const following = m.control.events({ follow: true }, (fact) => news.push(fact), left.signal);
  await m.control.start({ names: [] }, heard);
  left.abort();
  assert.equal(await following, { events: [] });
  const before = news.length;
  assert.is(before, 5);
  await m.end();
  assert.is(news.length, before);
});

it('ends at once for a client that left while it was told what had happened', async () => {
  const m = await master(app({ web: ready() }));
  const left = new AbortController();
  const following = m.control.events({ follow: true }, () => left.abort(), left.signal);
  assert.equal(await following, { events: [] });
  await m.end();
});

it('tells whoever asked for a verb of the groups that it named', async () => {
  const m = await master(app({ web: ready(), job: ready() }));
  const news: Fact[] = [];
  const [mine] = await Promise.all([
    m.control.start({ names: ['web.0'] }, (fact) => news.push(fact)),
    m.control.start({ names: ['job'] }, heard),
  ]);
  assert.equal(mine.started, ['web.0']);
  assert.equal(kinds(news), ['job', 'web.0 starting', 'web.0 ready', 'job']);
  await m.end();
});

it.run();
