import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readNotices } from '../../../src/master/readiness/notify-message.js';

const it = suite('notify message');

it('reads every line that it knows, in order', () => {
  assert.equal(readNotices('RELOADING=1\nMONOTONIC_USEC=12\nSTATUS=a = b\nREADY=1\nMAINPID=42\nSTOPPING=1'), [
    { type: 'reloading' },
    { type: 'status', text: 'a = b' },
    { type: 'ready' },
    { type: 'mainPid', pid: 42 },
    { type: 'stopping' },
  ]);
});

it('gives microseconds as milliseconds', () => {
  assert.equal(readNotices('WATCHDOG_USEC=2500000\nEXTEND_TIMEOUT_USEC=1500'), [
    { type: 'watchdogPeriod', every: 2_500 },
    { type: 'extend', by: 1.5 },
  ]);
  assert.equal(readNotices('WATCHDOG_USEC=0'), [{ type: 'watchdogPeriod', every: null }]);
});

it('tells a ping from a cry for help', () => {
  assert.equal(readNotices('WATCHDOG=1\nWATCHDOG=trigger\nWATCHDOG=2'), [
    { type: 'watchdog' },
    { type: 'trigger' },
  ]);
});

it('leaves out what is unknown or unsound', () => {
  const lines = [
    'READY=0',
    'READY=',
    'READY',
    'ready=1',
    ' READY=1',
    '=1',
    'X_A=1',
    'FDSTORE=1',
    'BARRIER=1',
    '',
  ];
  const numbers = ['1e3', '-1', '0x10', '1.5', '', '18446744073709551615', '99999999999999999999999'];
  const unsound = numbers.flatMap((it) => [
    `MAINPID=${it}`,
    `WATCHDOG_USEC=${it}`,
    `EXTEND_TIMEOUT_USEC=${it}`,
  ]);
  assert.equal(readNotices([...lines, ...unsound, 'MAINPID=1', 'MAINPID=0', 'constructor=1'].join('\n')), []);
});

it('keeps a status from speaking to the terminal', () => {
  assert.equal(readNotices('STATUS=\u001b[31mred\u0007 \u202ealert'), [
    { type: 'status', text: '[31mred alert' },
  ]);
});

it.run();
