import { defaulted, optional, type Read, required, section } from './field.js';
import { listenField, WORD } from './listen-schema.js';
import { limitsField, logsField, reloadField, restartField, stopField } from './policy-schema.js';
import { commandField, readyField } from './ready-schema.js';
import { anyText, commandLine, flag, octal, orWord, whole, words } from './scalars.js';
import { listOf, mapOf, shape, shortOr } from './structures.js';

export const envField = mapOf(
  {
    pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
    expected: 'letters, digits and underscores, no digit first',
    better: (name) => /[A-Za-z_].*/.exec(name.replace(/\W+/g, '_'))?.[0] ?? null,
  },
  anyText,
  'variables',
  '""',
);

/** What may also stand at the top of the file, as the default of every worker. */
export const sharedKeys = {
  cwd: optional(words('a path'), 'the folder of sup.yaml', {
    doc: 'The folder it runs in, relative to the one of sup.yaml.',
    example: 'server',
    also: ['directory', 'dir', 'workdir', 'working_dir'],
  }),
  env: section(envField, {
    doc: 'Variables of its environment, on top of those that the master was started with.',
    example: '{ NODE_ENV: production }',
    also: ['environment', 'vars'],
  }),
  envFile: optional(listOf(words('a path'), 'paths'), null, {
    doc: 'Files of `NAME=value` lines, relative to the folder of sup.yaml. Later files win, and `env` wins over all of them.',
    example: '.env',
    also: ['dotenv', 'env_files'],
  }),
  stop: section(stopField, { doc: 'How it ends.', example: '{ timeout: 30s }', also: ['kill'] }),
  restart: section(restartField, {
    doc: 'Whether and when it is started again after it ended by itself.',
    example: 'on-failure',
    also: ['autorestart'],
  }),
  logs: section(logsField, {
    doc: 'The files that its output goes to.',
    example: '{ rotate: 100M }',
    also: ['log', 'logging'],
  }),
};

export const workerKeys = {
  command: required(commandField, [], {
    doc: 'What to run: a line that is split into words as a shell does, quotes and backslashes included, but by no shell; or a list of words, taken as it is.',
    example: 'node server.js',
    also: ['cmd', 'exec', 'script', 'run', 'program'],
  }),
  shell: defaulted(flag, 'false', {
    doc: 'Run the line by `/bin/sh -c`, for pipes, `&&` and the like.',
    example: 'true',
  }),
  count: defaulted(orWord(whole(0, 10_000), 'auto', 'auto' as const), '1', {
    doc: 'How many workers to keep up; `auto` is one for each CPU that the machine or the container really gives.',
    example: '4',
    also: ['instances', 'processes', 'numprocs', 'replicas', 'scale'],
  }),
  listen: optional(listenField, null, {
    doc: 'Sockets that the master opens once and hands to every worker, so that no connection is lost when workers are replaced. A bare port is one of every IPv4 address (`0.0.0.0`).',
    example: '{ http: 3000 }',
    also: ['port', 'ports', 'socket', 'sockets', 'bind'],
  }),
  ready: optional(readyField, '`tcp` on the first `listen`, else `after: 1s`', {
    doc: 'How a worker tells that it serves.',
    example: '{ http: /healthz }',
  }),
  needs: optional(listOf(words('the name of a worker'), 'names of workers'), null, {
    doc: 'Groups that must be ready before this one starts.',
    example: '[api]',
    also: ['depends_on', 'after', 'requires'],
  }),
  reload: section(reloadField, { doc: 'How it takes up a new version.', example: '{ batch: 2 }' }),
  ...sharedKeys,
  user: optional(words('a name or a number'), 'who runs the master', {
    doc: 'The user it runs as, by name or number. The master must be root for it.',
    example: 'www-data',
  }),
  group: optional(words('a name or a number'), 'that of `user`', {
    doc: 'The group it runs as.',
    example: 'www-data',
  }),
  umask: optional(octal, 'that of the master', {
    doc: 'The permission bits that new files do not get.',
    example: '"027"',
  }),
  nice: optional(whole(-20, 19), 'that of the master', {
    doc: 'Its priority: 19 is the most patient. Below 0 the master must be root.',
    example: '10',
    also: ['priority'],
  }),
  limits: section(limitsField, {
    doc: 'Resource limits, soft and hard at once, as setrlimit(2) takes them; `unlimited` lifts one.',
    example: '{ nofile: 65536 }',
    also: ['ulimits', 'rlimits'],
  }),
};

export const workerField = shortOr('command', commandLine, shape(workerKeys));
export type WorkerFile = Read<typeof workerField>;
export const workersField = mapOf(WORD, workerField, 'workers by name', 'node server.js');
