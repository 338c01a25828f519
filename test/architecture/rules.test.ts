import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as rules from './rules.js';
import { readSource } from './source.js';

const it = suite('rules');

it('allows an import from a lower layer, and none from a higher one', () => {
  assert.equal(breaches(rules.layers, { 'src/worker/a.ts': "import { b } from '../config/b.js';" }), []);
  assert.equal(breaches(rules.layers, { 'src/config/a.ts': "import { b } from '../worker/b.js';" }), [
    'src/config/a imports src/worker/b',
  ]);
});

it('sees exports, require and dynamic imports as imports', () => {
  const up = [
    "export * from '../worker/b.js';",
    "import b = require('../worker/b.cjs');",
    "const b = require('../worker/b.cjs');",
    "await import('../worker/b.js');",
  ];
  for (const text of up) assert.is(breaches(rules.layers, { 'src/config/a.ts': text }).length, 1, text);
});

it('keeps siblings apart, but lets the master know the protocol', () => {
  const from = (text: string) => breaches(rules.layers, { 'src/master/a.ts': text });
  assert.is(from("import { b } from '../control/client.js';").length, 1);
  assert.is(from("import { b } from '../control/protocol.js';").length, 0);
  assert.is(from("import type { B } from '../control/protocol.js';").length, 0);
  assert.is(from("import type { B } from '../control/client.js';").length, 1);
});

it('lets the system name the nouns of the config as types', () => {
  const from = (text: string) => breaches(rules.layers, { 'src/system/a.ts': text }).length;
  assert.is(from("import type { Target } from '../config/app.js';"), 0);
  assert.is(from("import { LIMIT_NAMES } from '../config/app.js';"), 1);
  assert.is(from("import type { Fault } from '../config/tree.js';"), 1);
});

it('wants every folder of src/ in a layer', () => {
  assert.equal(breaches(rules.layers, { 'src/extra/a.ts': '' }), ['src/extra/a is in no layer']);
});

it('keeps the preload an island', () => {
  const preload = "import net = require('node:net'); import b = require('./b.cjs');";
  assert.equal(breaches(rules.island, { 'src/preload/a.cts': preload }), []);
  assert.is(breaches(rules.island, { 'src/preload/a.cts': "import '../system/clock.js';" }).length, 1);
  assert.is(breaches(rules.island, { 'src/master/a.ts': "import '../preload/a.cjs';" }).length, 1);
});

it('names the way of a cycle', () => {
  const ring = {
    'src/a/a.ts': "import './b.js';",
    'src/a/b.ts': "import './c.js';",
    'src/a/c.ts': "import './a.js';",
  };
  assert.equal(breaches(rules.noCycles, ring), ['src/a/a -> src/a/b -> src/a/c -> src/a/a']);
  assert.equal(breaches(rules.noCycles, { ...ring, 'src/a/c.ts': '' }), []);
});

it('finds clock, dice and process in a pure file', () => {
  const texts = [
    'Date.now()',
    'Math.random()',
    'process.pid',
    'setTimeout(f, 1)',
    'performance.now()',
    'globalThis.x',
  ];
  for (const text of texts) assert.is(breaches(rules.purity, { 'src/worker/a.ts': text }).length, 1, text);
});

it('lets a pure file have properties of such names, and Math', () => {
  const text = 'const a = { process: 1, Date: Math.max(1, b.performance) }; type T = { process: number };';
  assert.equal(breaches(rules.purity, { 'src/group/a.ts': text }), []);
});

it('takes a variable of the file for no global', () => {
  const text =
    'for (const process of list) add(process.pid); const ticks = ({ performance }: T) => performance;';
  assert.equal(breaches(rules.purity, { 'src/group/a.ts': text }), []);
});

it('lets a pure file import pure ones, errors and types, and nothing else', () => {
  const others = {
    'src/config/app.ts': '',
    'src/config/load.ts': "import { now } from '../system/clock.js';",
    'src/errors/e.ts': '',
    'src/system/clock.ts': '',
  };
  const from = (text: string) => breaches(rules.purity, { ...others, 'src/worker/a.ts': text }).length;
  assert.is(from("import { a } from '../config/app.js'; import { e } from '../errors/e.js';"), 0);
  assert.is(from("import type { C } from '../system/clock.js';"), 0);
  assert.is(from("import { now } from '../system/clock.js';"), 1);
  assert.is(from("import { load } from '../config/load.js';"), 1);
  assert.is(from("import { join } from 'node:path';"), 1);
  assert.is(from("import yaml from 'yaml';"), 1);
});

it('takes a file of config as pure unless it reaches the system, and the schema always', () => {
  const disk = { 'src/config/disk.ts': "import { readText } from '../system/files.js'; new Date()" };
  const from = (path: string, text: string) => breaches(rules.purity, { ...disk, [path]: text }).length;
  assert.is(from('src/config/units.ts', 'new Date()'), 1);
  assert.is(from('src/config/load.ts', "import { a } from './disk.js'; new Date()"), 0);
  assert.is(from('src/config/load.ts', "import type { A } from './disk.js'; new Date()"), 1);
  assert.is(from('src/config/text.ts', "import { parse } from 'yaml';"), 0);
  for (const pinned of ['app', 'field', 'schema', 'ready-schema']) {
    assert.is(from(`src/config/${pinned}.ts`, "import { a } from './disk.js';"), 1, pinned);
  }
});

it('lets only system/ go to the machine, and each package be named where it belongs', () => {
  const from = (path: string, text: string) => breaches(rules.doors, { [path]: text }).length;
  assert.is(from('src/system/a.ts', "import 'node:fs'; import 'execa'; process.exit();"), 0);
  assert.is(from('src/master/a.ts', "import 'node:fs';"), 1);
  assert.is(from('src/master/a.ts', "import 'fs';"), 1);
  assert.is(from('src/master/a.ts', "import 'node:path';"), 0);
  assert.is(from('src/master/a.ts', "import 'execa';"), 1);
  assert.is(from('src/master/a.ts', "import 'left-pad';"), 1);
  assert.is(from('src/cli/a.ts', 'process.exit(1)'), 1);
  assert.is(from('commands/start.ts', "import { Command } from '@oclif/core';"), 0);
});

it('finds vague names and barrels', () => {
  const paths = ['src/cli/string-utils.ts', 'src/helpers/a.ts', 'src/cli/index.ts', 'test/common/a.ts'];
  for (const path of paths) assert.is(breaches(rules.names, { [path]: '' }).length, 1, path);
  assert.equal(breaches(rules.names, { 'src/cli/commonplace.ts': '' }), []);
});

it('finds default exports outside of commands/', () => {
  const texts = [
    'export default 1;',
    'export default function f() {}',
    'const a = 1; export { a as default };',
  ];
  for (const text of texts) {
    assert.is(breaches(rules.defaults, { 'src/cli/a.ts': text }).length, 1, text);
    assert.is(breaches(rules.defaults, { 'commands/a.ts': text }).length, 0, text);
  }
  const choice = 'switch (a) { default: b(); }';
  assert.equal(breaches(rules.defaults, { 'src/cli/a.ts': choice, 'src/preload/a.cts': 'export = 1;' }), []);
});

it('finds files that are too long, `any`, and what silences the compiler', () => {
  assert.is(breaches(rules.size, { 'src/cli/a.ts': 'a;\n'.repeat(251) }).length, 1);
  assert.is(breaches(rules.size, { 'src/cli/a.ts': 'a;\n'.repeat(250) }).length, 0);
  assert.is(breaches(rules.checked, { 'src/cli/a.ts': 'const a = b as any;' }).length, 1);
  assert.is(breaches(rules.checked, { 'src/cli/a.ts': `// @ts-${'ignore'}\n` }).length, 1);
});

it('finds each suite that is not run', () => {
  const from = (text: string) => breaches(rules.tests, { 'test/a.test.ts': text });
  assert.equal(from("const it = suite('a'); it.run();"), []);
  assert.equal(from("const it = suite('a'); const b = suite('b'); it.run();"), [
    'test/a.test forgets b.run()',
  ]);
  assert.equal(from("import { test } from 'uvu';"), ['test/a.test forgets test.run()']);
  assert.equal(from(''), ['test/a.test has no suite']);
  assert.is(from(`const it = suite('a'); it.${'only'}('b', c); it.run();`).length, 1);
});

it('wants the folder of a test to be one of the sources', () => {
  const of = (path: string) =>
    breaches(rules.mirrors, { 'src/config/load.ts': '', 'commands/up.ts': '', [path]: '' });
  assert.equal(of('test/config/load.test.ts'), []);
  assert.equal(of('test/config/load.many-files.test.ts'), []);
  assert.equal(of('test/commands/up.test.ts'), []);
  assert.equal(of('test/journeys/start.test.ts'), []);
  assert.equal(of('test/config/by-topic.test.ts'), []);
  assert.equal(of('test/config/deep/save.test.ts'), ['test/config/deep/save.test']);
});

it('finds the folders that the map leaves out', () => {
  assert.equal(rules.unmapped(['config', 'worker'], '- `config/` what is to run'), ['worker']);
});

function breaches(rule: rules.Rule, texts: Readonly<Record<string, string>>): string[] {
  return rule(Object.entries(texts).map(([path, text]) => readSource(path, text)));
}

it.run();
