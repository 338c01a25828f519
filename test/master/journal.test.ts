import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fact } from '../../src/control/protocol.js';
import { Journal, type News } from '../../src/master/journal.js';

const it = suite('journal');
const news = (text: string): News => ({ kind: 'says', worker: 'web.0', text });
const textOf = (fact: Fact) => (fact.kind === 'says' ? fact.text : fact.kind);

function open() {
  const lines: string[] = [];
  return { lines, journal: new Journal({ write: (line) => lines.push(line) }) };
}

it('numbers and times each fact, and writes it as a line of JSON', () => {
  const { lines, journal } = open();
  journal.publish(news('a'));
  journal.publish(news('b'));
  const facts = lines.map((line) => JSON.parse(line) as Fact);
  assert.equal(
    facts.map(({ seq }) => seq),
    [1, 2],
  );
  assert.equal(facts, journal.recent);
  assert.ok(Math.abs(Date.parse(facts[0]?.at ?? '') - Date.now()) < 60_000);
});

it('keeps the last thousand', () => {
  const { journal } = open();
  for (let i = 1; i <= 1005; i++) journal.publish(news(String(i)));
  assert.equal([journal.recent.length, journal.recent[0]?.seq, journal.recent.at(-1)?.seq], [1000, 6, 1005]);
});

it('tells listeners until they leave', () => {
  const { journal } = open();
  const heard: string[] = [];
  const leave = journal.subscribe((fact) => heard.push(textOf(fact)));
  journal.publish(news('a'));
  leave();
  journal.publish(news('b'));
  assert.equal(heard, ['a']);
});

it('tells everybody facts in their order, also one that a listener brings about', () => {
  const { lines, journal } = open();
  const heard: string[] = [];
  journal.subscribe((fact) => {
    if (textOf(fact) === 'a') journal.publish(news('b'));
    if (textOf(fact) === 'b') journal.publish(news('c'));
  });
  journal.subscribe((fact) => heard.push(textOf(fact)));
  journal.publish(news('a'));
  assert.equal(heard, ['a', 'b', 'c']);
  assert.equal(
    lines.map((line) => (JSON.parse(line) as Fact).seq),
    [1, 2, 3],
  );
});

it('goes on when a listener throws, and tells that one no more', () => {
  const { journal } = open();
  const heard: string[] = [];
  let thrown = 0;
  journal.subscribe(() => {
    thrown++;
    throw new Error('gone');
  });
  journal.subscribe((fact) => heard.push(textOf(fact)));
  journal.publish(news('a'));
  journal.publish(news('b'));
  assert.equal([heard, thrown], [['a', 'b'], 1]);
});

it.run();
