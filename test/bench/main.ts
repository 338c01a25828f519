import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from '../support/project.js';
import { machineText } from './machine.js';
import { type Page, pageText } from './page.js';
import { floor } from './peers/floor.js';
import { type Absent, isAbsent, type Peer } from './peers/peer.js';
import { installPm2, pm2 } from './peers/pm2.js';
import { sup } from './peers/sup.js';
import { supervisord } from './peers/supervisord.js';
import { endAllPlaces, Place } from './place.js';
import { type Section, sectionText } from './report.js';
import type { Run, Scenario } from './scenario.js';
import { cli } from './scenarios/cli.js';
import { idle } from './scenarios/idle.js';
import { reload } from './scenarios/reload.js';
import { restart } from './scenarios/restart.js';
import { start } from './scenarios/start.js';

const SCENARIOS: readonly Scenario[] = [start, restart, idle, reload, cli];
const USAGE = `npm run bench -- [${SCENARIOS.map(({ name }) => name).join('|')}…] [--peers NAME,…] [--quick] [--write] [--install]`;

process.on('exit', endAllPlaces);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

process.exit(await main());

async function main(): Promise<number> {
  const { values, positionals } = options();
  const wanted = SCENARIOS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (values.help || positionals.some((name) => !SCENARIOS.some((one) => one.name === name))) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  if (values.install) await install();
  const page = await measure(wanted, values.quick, values.peers?.toLowerCase().split(','));
  if (values.write) write(page);
  return 0;
}

function options() {
  const flag = { type: 'boolean', default: false } as const;
  const flags = { peers: { type: 'string' }, quick: flag, write: flag, install: flag, help: flag } as const;
  return parseArgs({ options: flags, allowPositionals: true });
}

async function install(): Promise<void> {
  const place = new Place();
  await installPm2(place);
  place.end();
}

async function measure(
  scenarios: readonly Scenario[],
  quick: boolean,
  names?: readonly string[],
): Promise<Page> {
  const all = [sup, pm2(), supervisord(), floor].filter(
    (one) => !names || names.includes(one.name.toLowerCase()),
  );
  const peers = all.filter((one): one is Peer => !isAbsent(one));
  const absent = all.filter(isAbsent).map(({ name, why }: Absent) => `${name} (${why})`);
  for (const one of absent) console.error(`left out: ${one}`);
  const about = { date: new Date().toISOString().slice(0, 10), machine: machineText() };
  const sections: Section[] = [];
  for (const scenario of scenarios) sections.push(...(await measureOne(scenario, { peers, quick, say })));
  return { ...about, peers: peers.map((peer) => peer.about), absent, quick, sections };
}

async function measureOne(scenario: Scenario, run: Run): Promise<readonly Section[]> {
  if (scenario.needs && !has(scenario.needs)) {
    console.error(`left out: ${scenario.name} (${scenario.needs} is not installed)`);
    return [];
  }
  const sections = await scenario.measure(run);
  for (const section of sections) console.log(`${sectionText(section)}\n`);
  return sections;
}

function has(program: string): boolean {
  const paths = (process.env['PATH'] ?? '').split(':');
  return paths.some((folder) => existsSync(join(folder, program)));
}

function say(text: string): void {
  console.error(text);
}

function write(page: Page): void {
  mkdirSync(join(PROJECT, 'docs'), { recursive: true });
  writeFileSync(join(PROJECT, 'docs/benchmarks.md'), pageText(page));
}
