import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unless } from '../runner/needs.js';
import type { SandboxApp } from '../support/sandbox-app.js';
import { losesNothing } from './load.js';
import { configure, KINDS, type Kind, lacking, PATHS, startTemplate } from './templates.js';

const it = suite('a refused reload under load');

const SICK = "console.error('no such table: users');\n";
const code = (change: (source: string) => string) => (app: SandboxApp) =>
  app.write('server.mjs', SICK + change(app.read('server.mjs')));

/** New code of the node template. */
const CODE: Readonly<Record<string, readonly [(app: SandboxApp) => void, RegExp]>> = {
  'exits at once': [code(() => 'process.exit(9);\n'), /web\.0 ended: exit 9 before it was ready/],
  'is never ready': [
    code((source) => source.replace('200, { ok: true }', '503, { ok: false }')),
    /web\.0 ended: not ready within 3 s/,
  ],
  'listens nowhere': [code(() => 'setInterval(() => {}, 1e6);\n'), /web\.0 ended: not ready within 3 s/],
};
for (const [what, [change, why]] of Object.entries(CODE))
  it(`node: the new code ${what}`, () => refuses('node', change, why, /no such table: users/));

/** Another command in sup.yaml, whatever the language. */
for (const kind of KINDS.filter((each) => each !== 'node'))
  unless(lacking(kind), it)(`${kind}: the new command exits at once`, () =>
    refuses(
      kind,
      (app) =>
        configure(app, (yaml) => yaml.replace(/command: .*/, 'command: sh -c "echo no luck >&2; exit 9"')),
      /web\.0 ended: exit 9 before it was ready/,
      /no luck/,
    ),
  );

async function refuses(
  kind: Kind,
  change: (app: SandboxApp) => void,
  ...words: readonly RegExp[]
): Promise<void> {
  const { app, port } = await startTemplate(kind);
  try {
    const before = await app.pids();
    configure(app, (yaml) => yaml.replace('http: /healthz', 'http: /healthz\n      within: 3s'));
    change(app);
    await losesNothing(app, { port, path: PATHS[kind], count: 4 }, async () => {
      for (let round = 0; round < 2; round++) {
        const { code, stderr } = await app.sup('reload');
        assert.is(code, 4, stderr);
        for (const expected of words) assert.match(stderr, expected);
        assert.equal([await app.pids(), app.lives().length], [before, 4]);
      }
    });
  } finally {
    await app.end();
  }
}

it.run();
