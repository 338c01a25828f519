import { connectControl } from '../control/client.js';
import type { AppStatus } from '../control/protocol.js';
import { fileInfo, listFolder } from '../system/files.js';
import { runtimeBase, terminal, writeOut } from '../system/machine.js';
import { painter } from './colour.js';
import { unheard } from './connect.js';
import { pause } from './pause.js';
import { placeOf } from './place.js';
import { type Row, table } from './table.js';
import { shortSpan } from './units.js';

export type Masters = {
  readonly masters: readonly AppStatus[];
  /** Their sockets are there, their masters are not: they were killed. */
  readonly dead: readonly string[];
  /** Their masters are there, but say nothing. */
  readonly silent: readonly string[];
};

export async function showMasters({ json }: { readonly json: boolean }): Promise<void> {
  const all = await listMasters();
  writeOut(
    json ? `${JSON.stringify(all, null, 2)}\n` : `${mastersWords(all, terminal().columns).join('\n')}\n`,
  );
}

/** All masters of this user. */
export async function listMasters(): Promise<Masters> {
  const apps = listFolder(runtimeBase()).filter((app) => fileInfo(placeOf(app).socket));
  const found = await Promise.all(apps.map(async (app) => ({ app, state: await askMaster(app) })));
  return {
    masters: found.flatMap(({ state }) => (typeof state === 'object' ? [state] : [])),
    dead: found.filter(({ state }) => state === 'dead').map(({ app }) => app),
    silent: found.filter(({ state }) => state === 'silent').map(({ app }) => app),
  };
}

const PATIENCE = 2000;

async function askMaster(app: string): Promise<AppStatus | 'dead' | 'silent'> {
  const asked = connectControl(placeOf(app).socket)
    .then((control) => control.status({ names: [] }, unheard))
    .catch((): 'dead' => 'dead');
  return Promise.race([asked, pause(PATIENCE).then((): 'silent' => 'silent')]);
}

function mastersWords({ masters, dead, silent }: Masters, width: number): string[] {
  const columns = [
    { title: 'APP', least: 12 },
    { title: 'PID', right: true },
    { title: 'UP', right: true },
    { title: 'READY', right: true },
    { title: 'FILE', least: 12 },
  ];
  const lines =
    masters.length === 0
      ? ['no app of this user runs; start one from its folder with `sup start -d`']
      : table(columns, masters.map(masterRow), width, painter(terminal().colour));
  return [
    ...lines,
    ...dead.map((app) => `${app} is dead: its socket is there, its master is not`),
    ...silent.map((app) => `${app} does not answer`),
  ];
}

function masterRow({ app, pid, uptime, groups, file }: AppStatus): Row {
  const ready = groups.reduce((sum, group) => sum + group.ready, 0);
  const wanted = groups.reduce((sum, group) => sum + group.wanted, 0);
  const ink = ready < wanted ? 'yellow' : 'green';
  return [
    { text: app, ink: 'bold' },
    { text: String(pid) },
    { text: shortSpan(uptime) },
    { text: `${ready}/${wanted}`, ink },
    { text: file },
  ];
}
