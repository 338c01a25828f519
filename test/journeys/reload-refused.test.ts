import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ask } from '../support/ask.js';
import { freePort } from '../support/free-port.js';
import { look } from '../support/proc.js';
import { type SandboxApp, slowly, withApp } from '../support/sandbox-app.js';

const it = suite('a reload that is refused');

const GOOD = `
  import { createServer } from 'node:http';
  createServer(({ url }, response) => {
    response.writeHead(url === '/healthz' && process.env.SICK ? 503 : 200).end(process.env.VERSION);
  }).listen(process.env.PORT);
`;
const SAYS = "console.error('no such table: users');";
/** The new code, or the new environment, and what is said of it. */
const BAD: Readonly<Record<string, { readonly code?: string; readonly env?: object; readonly why: RegExp }>> =
  {
    'exits at once': { code: `${SAYS} process.exit(9);`, why: /ended: exit 9 before it was ready/ },
    'is never ready': { code: `${SAYS}${GOOD}`, env: { SICK: 'yes' }, why: /ended: not ready within 1\.5 s/ },
    'listens nowhere': { code: `${SAYS} setInterval(() => {}, 1e6);`, why: /ended: not ready within 1\.5 s/ },
  };

async function startGood(app: SandboxApp): Promise<number> {
  const port = await freePort();
  app.write('server.mjs', GOOD);
  configure(app, port, { VERSION: 'old' });
  await app.done('start', '-d');
  return port;
}

function configure(app: SandboxApp, port: number, env: object, within = '30s'): void {
  const listen = `127.0.0.1:${port}`;
  const ready = { http: '/healthz', within };
  app.configure({
    web: { command: 'node server.mjs', count: 2, listen, ready, env: { ...env, PORT: `${port}` } },
  });
}

for (const [what, { code, env, why }] of Object.entries(BAD)) {
  it(
    `the new version ${what}: exit 4, the reason, and the old ones serve`,
    withApp(async (app) => {
      const port = await startGood(app);
      const before = await app.pids();
      app.write('server.mjs', code);
      configure(app, port, { VERSION: 'new', ...env }, '1500ms');
      const ran = await app.sup('reload');
      assert.is(ran.code, 4, ran.stderr);
      assert.match(ran.stderr, /reload refused: web\.0 /);
      assert.match(ran.stderr, why);
      assert.match(ran.stderr, /no such table: users/);
      assert.match(ran.stderr, /Next: the old workers go on serving/);
      assert.equal([await app.pids(), app.lives().toSorted()], [before, before.toSorted()]);
      assert.is((await ask(port)).body, 'old');
      assert.is((await app.status()).config, 'changed');

      app.write('server.mjs', GOOD);
      configure(app, port, { VERSION: 'mended' });
      await app.done('reload');
      assert.is((await ask(port)).body, 'mended');
    }),
  );
}

it(
  'a later worker fails: those that were replaced get their old config back',
  withApp(async (app) => {
    app.script('program', '[ "$BAD" = "$SUP_WORKER" ] && exit 9', 'echo up', 'exec sleep 1000');
    const web = (env: object): object => ({ command: './program', ready: { log: '/up/' }, count: 3, env });
    app.configure({ web: web({}) });
    await app.done('start', '-d');
    const [, , third] = await app.pids();
    app.configure({ web: web({ BAD: '1' }) });
    const { code, stderr } = await app.sup('reload');
    assert.is(code, 4);
    assert.match(stderr, /reload refused: web\.1 ended: exit 9/);
    await slowly('three lives', () => app.lives().length === 3);
    const pids = await app.pids();
    assert.is(pids[2], third);
    for (const pid of pids) assert.is(look(pid)?.environment['BAD'], undefined);
  }),
);

it(
  'by signal: a program that dies of it is told, and restarted',
  withApp(async (app) => {
    app.script(
      'program',
      "trap 'echo cannot reread >&2; exit 9' HUP",
      'echo up',
      'while :; do sleep 0.05; done',
    );
    app.configure({ web: { command: './program', ready: { log: '/up/' }, reload: 'signal' } });
    await app.done('start', '-d');
    const before = await app.pids();
    const { code, stderr } = await app.sup('reload');
    assert.is(code, 4);
    assert.match(stderr, /web\.0 ended: exit 9\n {2}\| cannot reread/);
    await app.becomes('web.0', ({ phase, pid }) => phase === 'ready' && pid !== before[0]);
  }),
);

it.run();
