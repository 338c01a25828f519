import { basename, dirname, resolve } from 'node:path';
import type { AppConfig } from './app.js';
import { checkBetween } from './between-groups.js';
import { ConfigInvalid, ConfigMissing } from './errors.js';
import type { At } from './field.js';
import { groupConfig } from './group-config.js';
import { inherit } from './inherit.js';
import { readWhole } from './on-disk.js';
import { parseYaml } from './parse-yaml.js';
import { inOrder, type Problem, problemOf } from './problem.js';
import { type Finding, faultOf, reportTo } from './report.js';
import { type AppFile, appField } from './schema.js';
import { entryOf, isNothing, locate, type Tree } from './tree.js';
import { validName } from './valid-name.js';

type Environment = Readonly<Record<string, string>>;
export type Checked = { readonly problems: readonly Problem[]; readonly config: AppConfig | null };

/** The config of a sup.yaml, without a problem in it: else ConfigInvalid has all of them. */
export function loadConfig(path: string, environment: Environment): AppConfig {
  const { problems, config } = checkConfig(path, environment);
  if (config === null) throw new ConfigInvalid(resolve(path), problems);
  return config;
}

/** The config is null as soon as there is one problem. */
export function checkConfig(path: string, environment: Environment): Checked {
  const file = resolve(path);
  const read = readWhole(file);
  if (read.kind === 'nothing') throw new ConfigMissing(`${file} ${read.why}`);
  const { tree, faults } = parseYaml(read.text);
  const problems = faults.map((fault) => problemOf(basename(file), fault));
  const config = tree && checkTree(inherit(tree), file, environment, problems);
  return { problems: inOrder(problems, basename(file)), config: problems.length === 0 ? config : null };
}

/** What is wrong is added to `problems`. */
function checkTree(
  tree: Tree,
  file: string,
  environment: Environment,
  problems: Problem[],
): AppConfig | null {
  const findings: Finding[] = [];
  const at = reportTo(findings, environment);
  if (isNothing(tree)) at.report('the file is empty', '`sup init` writes one');
  const read = isNothing(tree) ? undefined : appField.read(tree, at);
  const config = read ? appConfig(read, { tree, file, at, problems }) : null;
  problems.push(...findings.map((finding) => problemOf(basename(file), faultOf(tree, finding))));
  return config;
}

type Place = { readonly tree: Tree; readonly file: string; readonly at: At; readonly problems: Problem[] };

function appConfig(read: AppFile, { tree, file, at, problems }: Place): AppConfig {
  const dir = dirname(file);
  const workers = at.key('workers');
  const groups = [...read.workers].map(([name, worker]) =>
    groupConfig(name, worker, { dir, problems }, workers.key(name)),
  );
  const lineOf = (key: readonly string[]) => locate(tree, ['workers', ...key], 'value').line;
  const names = namesIn(tree) ?? [];
  if (namesIn(tree)?.length === 0)
    workers.report('there are no workers', 'for example `web: node server.js`');
  checkBetween(groups, names, { at: workers, lineOf });
  return { name: read.name ?? validName(basename(dir)), file, dir, groups };
}

/** Null where `workers` is no map, which was reported. */
function namesIn(tree: Tree): readonly string[] | null {
  const workers = tree.kind === 'map' ? entryOf(tree, 'workers')?.value : undefined;
  return workers?.kind === 'map' ? workers.entries.map(({ key }) => key) : null;
}
