import * as fs from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as files from '../../src/system/files.js';
import { exitOf, nextLine, scratch, startNode } from './scratch.js';

const it = suite('files');
const folder = scratch();

it('reads what was replaced, with the mode that was asked for', () => {
  const path = join(folder, 'state.json');
  files.replaceFile(path, 'one');
  files.replaceFile(path, 'two', 0o644);
  assert.is(files.readText(path), 'two');
  assert.is(fs.statSync(path).mode & 0o777, 0o644);
  assert.equal(files.listFolder(folder), ['state.json']);
});

it('shows a reader the old text or the new one, never a part', async () => {
  const path = join(folder, 'whole');
  files.replaceFile(path, 'a'.repeat(200_000));
  const writer = startNode(
    `import { replaceFile } from 'SYSTEM/files.js';
     console.log('go');
     for (let i = 0; i < 60; i++) replaceFile(process.argv[1], (i % 2 ? 'a' : 'b').repeat(200_000));`,
    path,
  );
  await nextLine(writer);
  let reads = 0;
  while (writer.exitCode === null) {
    assert.match(files.readText(path) ?? '', /^(a{200000}|b{200000})$/);
    reads++;
    await new Promise((done) => setImmediate(done));
  }
  assert.ok(reads > 0);
  await exitOf(writer);
});

it('leaves the old file, and nothing else, when the new one cannot be written', () => {
  const inside = join(folder, 'keeps');
  fs.mkdirSync(join(inside, 'target'), { recursive: true });
  assert.throws(() => files.replaceFile(join(inside, 'target'), 'text'));
  assert.equal(files.listFolder(inside), ['target']);
});

it('gives null or nothing for what is not there', () => {
  const absent = join(folder, 'absent');
  assert.is(files.readText(absent), null);
  assert.is(files.fileInfo(absent), null);
  assert.equal(files.listFolder(absent), []);
  files.removeFile(absent);
});

it('makes a private folder, and takes it again', () => {
  const path = join(folder, 'deep', 'private');
  files.ensurePrivateFolder(path);
  files.ensurePrivateFolder(path);
  assert.is(fs.statSync(path).mode & 0o777, 0o700);
});

it('refuses a folder that others can enter, a link, and a file', () => {
  const open = join(folder, 'open');
  fs.mkdirSync(open);
  fs.chmodSync(open, 0o755);
  const link = join(folder, 'link');
  fs.symlinkSync(join(folder, 'deep', 'private'), link);
  assert.throws(() => files.ensurePrivateFolder(open), /open to other users/);
  assert.throws(() => files.ensurePrivateFolder(link), /not a folder/);
});

it('refuses a folder of somebody else', () => {
  if (process.geteuid?.() !== 0) return;
  const theirs = join(folder, 'theirs');
  fs.mkdirSync(theirs, { mode: 0o700 });
  fs.chownSync(theirs, 65534, 65534);
  assert.throws(() => files.ensurePrivateFolder(theirs), /belongs to user 65534/);
});

it('tells kinds, modes and whether something can be executed', () => {
  const script = join(folder, 'script');
  fs.writeFileSync(script, '#!/bin/sh\n');
  assert.is(files.fileInfo(script)?.executable, false);
  fs.chmodSync(script, 0o755);
  const info = files.fileInfo(script);
  assert.is(info?.kind, 'file');
  assert.is(info?.mode, 0o755);
  assert.is(info?.size, 10);
  assert.is(info?.executable, true);
  assert.is(files.fileInfo(folder)?.kind, 'folder');
  assert.is(files.fileInfo(folder)?.executable, false);
});

it.run();
