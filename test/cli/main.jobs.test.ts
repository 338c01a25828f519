import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Control } from '../../src/control/protocol.js';
import { DetailedError } from '../../src/errors/detailed-error.js';
import { CHANGED } from '../control/fake-control.js';
import { SAMPLE_STATUS, workerFact } from '../control/sample-status.js';
import { until } from '../system/scratch.js';
import { desk, fakeMaster, withMaster } from './run-cli.js';

const it = suite('main, jobs');
it('ends with the status of the error of the master, and shows what it said', async () => {
  const detail = { worker: 'web.0', reason: 'ended: exit 1', tail: ['boom'] };
  const refuse = async () => {
    throw new DetailedError(
      'E_RELOAD_REFUSED',
      'reload refused: web.0 ended: exit 1\n  | boom',
      'the old ones serve on',
      detail,
    );
  };
  await withMaster({ reload: refuse }, async (at) => {
    const text = await at.run('reload');
    assert.equal([text.code, text.out], [4, '']);
    assert.is(
      text.err,
      'Error: reload refused: web.0 ended: exit 1\n  | boom\nNext: the old ones serve on\n',
    );
    const json = await at.run('reload', '--json');
    assert.equal([json.code, json.err, JSON.parse(json.out).error.detail], [4, '', detail]);
  });
});

it('shows how far a reload is when it takes more than a second', async () => {
  let go = () => {};
  const seen = new Promise<void>((resolve) => {
    go = resolve;
  });
  const reload: Control['reload'] = async (_ask, news) => {
    news(workerFact('web.0', { part: 'newcomer' }));
    await seen;
    return CHANGED;
  };
  await withMaster({ reload }, async (at) => {
    const running = at.begin('reload', 'web');
    await until('progress', () => running.said.err.includes('reload: web 1/4 replaced\n'));
    go();
    const { code, out, err } = await running.end;
    assert.equal([code, err], [0, 'reload: web 1/4 replaced\n']);
    assert.is(out, 'web: replaced 2 workers (command)\ndone in 2.8 s\n');
  });
});

it('leaves on Ctrl-C while the job goes on', async () => {
  let finish = () => {};
  let finished = false;
  const stop: Control['stop'] = async () => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    finished = true;
    return { stopped: [], masterEnds: false };
  };
  await withMaster({ stop }, async (at, asked) => {
    const running = at.begin('stop', '-g', 'web');
    await until('the request', () => asked.length === 2);
    running.signal('SIGINT');
    const { code, err } = await running.end;
    assert.equal([code, err], [130, 'left; the stop of shop goes on: sup status\n']);
    finish();
    await until('the end of the job', () => finished);
  });
});

it('says so when the master dies in the middle', async () => {
  const at = desk();
  const master = await fakeMaster(at, { reload: () => new Promise(() => {}) });
  const running = at.begin('reload', '-a', 'shop');
  await until('the request', () => master.asked.length === 2);
  await master.close();
  const { code, err } = await running.end;
  assert.is(code, 1);
  assert.match(err, 'the master ended before it had answered `reload`');
});

it('watches the status again and again, until it is interrupted', () =>
  withMaster({}, async (at, asked) => {
    const running = at.begin('status', '--watch', '1', '--json');
    await until('two looks', () => running.said.out.split('\n').length > 2);
    running.signal('SIGTERM');
    const [first = ''] = (await running.end).out.split('\n');
    assert.equal(JSON.parse(first), SAMPLE_STATUS);
    const plain = at.begin('status', '--watch');
    await until('a look', () => plain.said.out.includes('chat'));
    plain.signal('SIGTERM');
    await plain.end;
    assert.ok(asked.length >= 3);
  }));

it('follows the events, one JSON value a line', async () => {
  const facts = [workerFact('web.0'), workerFact('web.1', { seq: 2 })];
  const events: Control['events'] = (_ask, news) => {
    for (const fact of facts) news(fact);
    return new Promise(() => {});
  };
  await withMaster({ events }, async (at) => {
    const running = at.begin('events', '-f', '--json');
    await until('two facts', () => running.said.out.split('\n').length > 2);
    running.signal('SIGTERM');
    const lines = (await running.end).out.trimEnd().split('\n');
    assert.equal(
      lines.map((line) => JSON.parse(line)),
      facts,
    );
  });
});

it.run();
