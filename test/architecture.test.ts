import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as rules from './architecture/rules.js';
import { readSource, type Source } from './architecture/source.js';

const it = suite('architecture');
const ROOT = projectRoot(import.meta.dirname);
const SOURCES = ['src', 'commands', 'test']
  .filter((folder) => existsSync(join(ROOT, folder)))
  .flatMap(sourcesIn);
const OURS = SOURCES.filter(({ path }) => !path.startsWith('test/'));

it('has sources to look at', () => assert.ok(OURS.length > 1));
it('lets imports run down the layers only, and keeps siblings apart', () => holds(rules.layers, OURS));
it('keeps the preload an island', () => holds(rules.island, OURS));
it('has no cycle of imports', () => holds(rules.noCycles, OURS));
it('keeps config, worker and group free of clock, dice, machine and packages', () =>
  holds(rules.purity, OURS));
it('goes to the machine and to packages through their one door', () => holds(rules.doors, OURS));
it('has no default export outside of commands/', () => holds(rules.defaults, OURS));
it('has no barrel and no file or folder of a vague name', () => holds(rules.names, SOURCES));
it('has no file that is too long', () => holds(rules.size, SOURCES));
it('leaves nothing unchecked by the compiler', () => holds(rules.checked, SOURCES));
it('calls `.run()` of every suite, and leaves no `.only` behind', () => holds(rules.tests, SOURCES));
it('mirrors the folders of the sources', () => holds(rules.mirrors, SOURCES));
it('names every folder of src/ on its map', () => {
  assert.equal(rules.unmapped(foldersOf('src'), readFileSync(join(ROOT, 'src/README.md'), 'utf8')), []);
});

function holds(rule: rules.Rule, sources: readonly Source[]): void {
  const breaches = rule(sources);
  assert.ok(breaches.length === 0, `\n  ${breaches.join('\n  ')}`);
}

function projectRoot(from: string): string {
  if (existsSync(join(from, 'tsconfig.json'))) return from;
  return dirname(from) === from ? process.cwd() : projectRoot(dirname(from));
}

function sourcesIn(folder: string): Source[] {
  return list(folder)
    .filter((path) => /\.[cm]?ts$/.test(path) && !path.startsWith('test/fixtures/'))
    .map((path) => readSource(path, readFileSync(join(ROOT, path), 'utf8')));
}

// Of folders without a file nothing is known: git keeps none.
function foldersOf(folder: string): string[] {
  const folders = list(folder).map((path) => dirname(path).slice(folder.length + 1));
  return [...new Set(folders)].filter(Boolean);
}

function list(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}

it.run();
