import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { appName } from '../../src/config/app-name.js';
import { loadConfig } from '../../src/config/load.js';
import { scratch } from '../system/scratch.js';

const it = suite('app-name');
const WORKERS = '\nworkers:\n  web: sleep 1\n';

function fileOf(text: string, folder = 'My Shop'): string {
  const dir = join(scratch(), folder);
  mkdirSync(dir);
  writeFileSync(join(dir, 'sup.yaml'), text);
  return join(dir, 'sup.yaml');
}

it('is the name that the whole config has', () => {
  process.env['SHOP_NAME'] = 'from-env';
  const names = [
    'name: shop',
    'name: "shop-2"  # ours',
    "name:   'shop'",
    'name: shop # ours',
    `name: \${SHOP_NAME}`,
    `name: \${NO_SUCH:-x-y}`,
    '# none',
  ];
  for (const name of names) {
    const file = fileOf(name + WORKERS);
    assert.is(appName(file), loadConfig(file, { SHOP_NAME: 'from-env' }).name, name);
  }
});

it('is known of a config that is invalid', () => {
  assert.is(appName(fileOf('name: shop\nworkers:\n  web: [\n')), 'shop');
  assert.is(appName(fileOf('workers: {\n', 'Some  Folder!')), 'some-folder');
  assert.is(appName(fileOf('name: Not Valid\n')), 'my-shop');
  assert.is(appName(fileOf('workers:\n  name: web\n')), 'my-shop');
});

it('is that of the folder when there is no file any more', () => {
  assert.is(appName('/srv/shop/sup.yaml'), 'shop');
});

it.run();
