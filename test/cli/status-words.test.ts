import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { painter } from '../../src/cli/colour.js';
import { statusWords } from '../../src/cli/status-words.js';
import { textWidth } from '../../src/cli/text-width.js';
import { SAMPLE_STATUS, sampleWorker } from '../control/sample-status.js';

const it = suite('status-words');
const plain = painter(false);
const text = (width: number, at = '') => statusWords(SAMPLE_STATUS, width, plain, at).join('\n');

it('fits 80 columns', () => {
  assert.fixture(
    text(80),
    `\
shop  master 4211, up 2 h 5 min, /srv/shop/sup.yaml

WORKER    STATE           PID     UP  RESTARTS   CPU   MEM  NOTE
web       3/4 ready                             1.0%  135M  0.0.0.0:3000
  web.0   ready          4300  2h05m         0  0.3%   45M
  web.1   ready          4300  2h05m         2  0.3%   45M  SIGKILL, 3 h ago
  web.2   crash-looping     -      -        12     -     -  retry in 27 s, exit…
  web.3   ready          4300  2h05m         0  0.3%   45M  Processing requests
chat      1/1 ready                             0.7%   90M  reload under way, u…
  chat.0  stopping       4300  2h05m         0  0.3%   45M  leaver
  chat.0  ready          4300  2h05m         0  0.3%   45M  newcomer

web.2 is crash-looping: exit 1 (12 restarts, next try in 27 s)
    Error: Cannot find module './server.js'
        at Module._load
  Next: sup logs web.2
/srv/shop/sup.yaml is not what runs
  Next: sup apply --plan`,
  );
});

it('shows more where there is room', () => {
  assert.fixture(
    text(120, ' -a shop'),
    `\
shop  master 4211, up 2 h 5 min, /srv/shop/sup.yaml

WORKER    STATE           PID     UP  RESTARTS   CPU   MEM  NOTE
web       3/4 ready                             1.0%  135M  0.0.0.0:3000
  web.0   ready          4300  2h05m         0  0.3%   45M
  web.1   ready          4300  2h05m         2  0.3%   45M  SIGKILL, 3 h ago
  web.2   crash-looping     -      -        12     -     -  retry in 27 s, exit 1, 3 s ago
  web.3   ready          4300  2h05m         0  0.3%   45M  Processing requests
chat      1/1 ready                             0.7%   90M  reload under way, unix:/run/shop/chat.sock
  chat.0  stopping       4300  2h05m         0  0.3%   45M  leaver
  chat.0  ready          4300  2h05m         0  0.3%   45M  newcomer

web.2 is crash-looping: exit 1 (12 restarts, next try in 27 s)
    Error: Cannot find module './server.js'
        at Module._load
  Next: sup logs -a shop web.2
/srv/shop/sup.yaml is not what runs
  Next: sup apply -a shop --plan`,
  );
});

it('leaves columns out where there is hardly any room, never the state', () => {
  const lines = statusWords({ ...SAMPLE_STATUS, config: 'same' }, 50, plain).slice(2, 11);
  assert.ok(
    lines.every((line) => textWidth(line) <= 50),
    lines.join('\n'),
  );
  assert.match(lines[4] ?? '', /web\.2 +crash-looping/);
});

it('paints the state', () => {
  const painted = statusWords(SAMPLE_STATUS, 80, painter(true)).join('\n');
  assert.match(painted, '\u001b[32mready\u001b[0m');
  assert.match(painted, '\u001b[31mcrash-looping\u001b[0m');
});

it('says nothing more when all is well', () => {
  const groups = [
    { group: 'web', wanted: 1, ready: 1, listen: [], job: null, workers: [sampleWorker('web.0')] },
  ];
  const lines = statusWords({ ...SAMPLE_STATUS, config: 'same', groups }, 80, plain);
  assert.is(lines.length, 5);
});

it('calls a group stopped when none of its workers is wanted', () => {
  const idle = sampleWorker('web.0', { phase: 'idle', pid: null, uptime: null, cpu: null, memory: null });
  const groups = [{ group: 'web', wanted: 1, ready: 0, listen: [], job: null, workers: [idle] }];
  const lines = statusWords({ ...SAMPLE_STATUS, config: 'same', groups }, 80, plain);
  assert.match(lines[3] ?? '', /^web +stopped/);
});

it('says what to do about each trouble', () => {
  const failed = sampleWorker('web.0', {
    phase: 'failed',
    restarts: 5,
    last: { reason: 'exit 3', code: 3, signal: null, ago: 1, tail: [] },
  });
  const groups = [{ group: 'web', wanted: 1, ready: 0, listen: [], job: null, workers: [failed] }];
  const trouble = statusWords(
    { ...SAMPLE_STATUS, config: 'invalid', lostLogBytes: 4096, groups },
    80,
    plain,
  ).slice(6);
  assert.equal(trouble, [
    'web.0 gave up: exit 3 (5 restarts)',
    '  Next: sup logs web.0, then sup restart web.0',
    '/srv/shop/sup.yaml is invalid, what runs is what it was',
    '  Next: sup check -c /srv/shop/sup.yaml',
    '4K of log could not be written: is there room in /var/log/sup/shop?',
  ]);
});

it('names three workers in trouble, and counts the others', () => {
  const workers = [0, 1, 2, 3, 4].map((slot) => sampleWorker(`web.${slot}`, { phase: 'failed', last: null }));
  const groups = [{ group: 'web', wanted: 5, ready: 0, listen: [], job: null, workers }];
  const lines = statusWords({ ...SAMPLE_STATUS, config: 'same', groups }, 80, plain);
  assert.is(lines.at(-1), '2 other workers in trouble, too');
});

it.run();
