import { userInfo } from 'node:os';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findGroup, findUser } from '../../src/system/users.js';

const it = suite('users');

it('finds a user by name and by number', () => {
  const root = { uid: 0, gid: 0, home: findUser('root')?.home, name: 'root' };
  assert.equal(findUser('root'), root);
  assert.equal(findUser('0'), root);
  assert.is(findUser(userInfo().username)?.home, userInfo().homedir);
});

it('takes a number without an entry as it is', () => {
  assert.equal(findUser('3999999'), { uid: 3999999, gid: 3999999, home: '/', name: '3999999' });
  assert.equal(findGroup('3999999'), { gid: 3999999 });
});

it('gives null for a name that nobody has', () => {
  assert.is(findUser('nobody-has-this-name'), null);
  assert.is(findGroup('nobody-has-this-name'), null);
});

it('finds a group by name', () => {
  assert.equal(findGroup('root'), { gid: 0 });
});

it.run();
