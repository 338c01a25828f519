import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ConfigMissing } from '../../src/config/errors.js';
import { findConfig } from '../../src/config/find.js';
import { inAppFolder } from './app-folder.js';

const it = suite('find');

it('finds the file in the folder, and in those above', () => {
  inAppFolder(
    { 'sup.yml': '', 'a/sup.yaml': '', 'a/sup.yml': '', 'a/b/x': '', 'c/sup.yaml/x': '' },
    (dir) => {
      assert.is(findConfig(dir), join(dir, 'sup.yml'));
      assert.is(findConfig(join(dir, 'a')), join(dir, 'a/sup.yaml'));
      assert.is(findConfig(join(dir, 'a/b')), join(dir, 'a/sup.yaml'));
      assert.is(findConfig(join(dir, 'c')), join(dir, 'sup.yml'));
    },
  );
});

it('takes the file, or the folder, that was named', () => {
  inAppFolder({ 'sup.yaml': '', 'other.yaml': '', 'a/sup.yml': '', 'b/x': '' }, (dir) => {
    assert.is(findConfig(dir, 'other.yaml'), join(dir, 'other.yaml'));
    assert.is(findConfig(dir, 'a'), join(dir, 'a/sup.yml'));
    assert.throws(() => findConfig(dir, 'none.yaml'), isMissing(`${join(dir, 'none.yaml')} does not exist`));
    assert.throws(() => findConfig(dir, 'b'), isMissing(`there is no sup.yaml in ${join(dir, 'b')}`));
  });
});

it('says where it looked, and how to begin', () => {
  inAppFolder({}, (dir) => {
    assert.throws(
      () => findConfig(dirname(dir)),
      isMissing(`there is no sup.yaml in ${dirname(dir)} or above it`),
    );
  });
});

function isMissing(message: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof ConfigMissing &&
    error.code === 'E_CONFIG_MISSING' &&
    error.message === message &&
    /sup init/.test(error.hint ?? '');
}

it.run();
