import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { AppConfig, GroupConfig } from '../../src/config/app.js';
import { checkConfig } from '../../src/config/load.js';
import { describeProblems } from '../../src/config/problem.js';
import { type Files, inAppFolder } from './app-folder.js';

export type Environment = Readonly<Record<string, string>>;

/** The config of a sup.yaml beside these files; it has no problems. */
export function load(yaml: string, files: Files = {}, environment: Environment = {}): AppConfig {
  return inAppFolder({ 'sup.yaml': yaml, ...files }, (dir) => {
    const { problems, config } = checkConfig(join(dir, 'sup.yaml'), {
      PATH: '/usr/bin:/bin',
      ...environment,
    });
    assert.is(describeProblems(problems), '');
    if (!config) throw new Error('no config, and no problem');
    return config;
  });
}

/** The group of the only worker, which has these lines. */
export function web(lines: readonly string[], files: Files = {}, environment: Environment = {}): GroupConfig {
  const all = lines.some((line) => line.startsWith('command:')) ? lines : ['command: sh', ...lines];
  const yaml = ['workers:', '  web:', ...all.map((line) => `    ${line}`)].join('\n');
  const [group] = load(yaml, files, environment).groups;
  if (!group) throw new Error('no group');
  return group;
}
