import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LONGEST, OpenLine, QUIET } from '../../../src/master/output/open-line.js';

const it = suite('open line');

it('lets everybody write as long as every line is finished', () => {
  const line = new OpenLine<string>();
  line.wrote('out', true, 0);
  assert.ok(line.mayWrite('out'));
  assert.ok(line.mayWrite('err'));
});

it('lets only the owner write behind half a line', () => {
  const line = new OpenLine<string>();
  line.wrote('out', false, 0);
  assert.ok(line.mayWrite('out'));
  assert.not(line.mayWrite('err'));
  line.wrote('out', true, 1);
  assert.ok(line.mayWrite('err'));
});

it('has no deadline when nobody waits', () => {
  const line = new OpenLine<string>();
  line.wrote('out', false, 0);
  assert.is(line.dueAt(), null);
  assert.not(line.contended);
});

it('breaks a line when its owner has been quiet', () => {
  const line = new OpenLine<string>();
  line.wrote('out', false, 1000);
  line.wait('err', 1100);
  assert.is(line.dueAt(), 1000 + QUIET);
  line.wrote('out', false, 1150);
  assert.is(line.dueAt(), 1150 + QUIET);
});

it('breaks at once a line that was quiet before anybody came', () => {
  const line = new OpenLine<string>();
  line.wrote('out', false, 1000);
  line.wait('err', 60_000);
  assert.is(line.dueAt(), 1000 + QUIET);
});

it('breaks a line that is written to for ever', () => {
  const line = new OpenLine<string>();
  line.wrote('out', false, 1000);
  line.wait('err', 1000);
  line.wait('err', 2000);
  line.wrote('out', false, 2990);
  assert.is(line.dueAt(), 1000 + LONGEST);
});

it('lets those who waited try again, and nobody owns the line', () => {
  const line = new OpenLine<string>();
  line.wrote('out', false, 0);
  line.wait('err', 0);
  line.wait('old', 1);
  assert.ok(line.contended);
  assert.equal(line.release(), ['err', 'old']);
  assert.is(line.owner, null);
  assert.not(line.contended);
});

it('forgets a source that has ended', () => {
  const line = new OpenLine<string>();
  line.wrote('out', false, 0);
  line.wait('err', 0);
  line.leave('err');
  assert.not(line.contended);
  line.leave('out');
  assert.ok(line.mayWrite('err'));
});

it.run();
