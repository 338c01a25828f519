import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { everySpot, explain } from '../../src/config/explain.js';
import { SupError } from '../../src/errors/sup-error.js';

const it = suite('explain');
const keys = (key: string) => explain(key).map((each) => each.key);

it('tells all that is known of a key', () => {
  assert.equal(explain('workers.*.stop.timeout'), [
    {
      key: 'workers.*.stop.timeout',
      type: 'a duration such as 500ms, 10s, 2m or 1h',
      required: false,
      default: '10s',
      doc: 'How long it may take to end; then all that is left of it is killed.',
      example: '30s',
      keys: [],
    },
  ]);
});

it('finds a key by its place, by a name in place of the star, and by its end', () => {
  assert.equal(keys('workers.web.count'), ['workers.*.count']);
  assert.equal(keys('workers.web'), ['workers']);
  assert.equal(keys('workers.web.env.NODE_ENV'), ['workers.*.env']);
  assert.equal(keys('workers.web.listen.http.mode'), ['workers.*.listen.*.mode']);
  assert.equal(keys('stop.timeout'), ['stop.timeout']);
  assert.equal(keys('count'), ['workers.*.count']);
  assert.equal(keys('batch'), ['workers.*.reload.batch']);
  assert.equal(keys('signal'), ['workers.*.reload.signal', 'workers.*.stop.signal']);
});

it('names the keys within', () => {
  assert.equal(explain('workers.*.stop')[0]?.keys, ['signal', 'timeout', 'drain']);
  assert.equal(explain('workers.*.listen')[0]?.keys, ['unix', 'mode', 'user', 'group']);
});

it('suggests a key for one that there is none', () => {
  const hint = (key: string) => {
    try {
      return explain(key).length;
    } catch (error) {
      return error instanceof SupError && [error.exitCode, error.message, error.hint];
    }
  };
  assert.equal(hint('stop.timeuot'), [2, 'sup.yaml has no key stop.timeuot', 'did you mean stop.timeout?']);
  assert.equal(hint('cuont'), [2, 'sup.yaml has no key cuont', 'did you mean count?']);
  assert.equal(hint('health'), [2, 'sup.yaml has no key health', 'docs/config.md has all of them']);
});

it('has a sentence and an example for every key', () => {
  for (const { path, about } of everySpot()) {
    assert.match(about.doc, /^[A-Z`].*\.$/, path.join('.'));
    assert.ok(about.example.length > 0, path.join('.'));
  }
});

it.run();
