import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { missing } from '../runner/needs.js';
import { freePort } from '../support/free-port.js';
import { PROJECT } from '../support/project.js';
import { SandboxApp } from '../support/sandbox-app.js';

export type Kind = 'node' | 'python' | 'php' | 'static';

export const KINDS: readonly Kind[] = ['node', 'python', 'php', 'static'];

/** Why this template cannot run here. */
export const lacking = (kind: Kind): string | null =>
  ({ node: null, python: missing('python3'), php: missing('php'), static: missing('go') })[kind];

/** What is at `path` answers its number. */
export const PATHS: Readonly<Record<Kind, string>> = { node: '/', python: '/', php: '/', static: '/whoami' };

export type TemplateApp = { readonly app: SandboxApp; readonly port: number };

/** The app that `sup init` writes, under a name of its own, started. */
export async function startTemplate(kind: Kind): Promise<TemplateApp> {
  const app = new SandboxApp();
  try {
    cpSync(join(PROJECT, 'templates/init', kind), app.folder, { recursive: true });
    if (kind === 'static') build(app.folder);
    const port = await freePort();
    configure(app, (yaml) =>
      yaml.replace(/^name: .*/m, `name: ${app.name}`).replace(/\$\{PORT:-3000\}/g, `${port}`),
    );
    await app.done('start', '-d');
    return { app, port };
  } catch (error) {
    await app.end();
    throw error;
  }
}

/** Its sup.yaml, changed. */
export function configure(app: SandboxApp, change: (yaml: string) => string): void {
  const [before, after] = [app.read('sup.yaml'), change(app.read('sup.yaml'))];
  if (after === before) throw new Error('nothing has changed in sup.yaml');
  app.write('sup.yaml', after);
}

/** In the cache of this user, not of the test's HOME: without one, go compiles its whole library. */
function build(cwd: string): void {
  const GOCACHE = process.env['GOCACHE'] ?? join(userInfo().homedir, '.cache/go-build');
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOCACHE };
  execFileSync('go', ['build', '-o', 'server', '.'], { cwd, env });
}
