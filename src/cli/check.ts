import { resolve } from 'node:path';
import type { AppConfig, GroupConfig, Listen, Ready, Target } from '../config/app.js';
import { type Explanation, explain } from '../config/explain.js';
import { findConfig } from '../config/find.js';
import { loadConfig } from '../config/load.js';
import { environment, terminal } from '../system/machine.js';
import { painter } from './colour.js';
import { type Row, table } from './table.js';
import { amount, span } from './units.js';

/** What a command returns for --json, and how it says it. */
type Told = { readonly value: object; readonly lines: readonly string[] };

export function check(config: string | undefined): Told {
  const app = loadConfig(findConfig(resolve(), config), environment());
  return { value: { valid: true, config: app }, lines: summary(app, terminal().columns) };
}

export function explainKey(key: string): Told {
  const keys = explain(key);
  return {
    value: { keys },
    lines: keys.flatMap((one, i) => [...(i > 0 ? [''] : []), ...explanationWords(one)]),
  };
}

export function explanationWords({
  key,
  type,
  required,
  default: fallback,
  doc,
  example,
  keys,
}: Explanation): string[] {
  return [
    `${key}${required ? ' (required)' : ''}`,
    `  ${doc}`,
    `  takes    ${type}`,
    ...(fallback === null ? [] : [`  default  ${fallback}`]),
    `  example  ${example.replaceAll('\n', '\n           ')}`,
    ...(keys.length === 0 ? [] : [`  keys     ${keys.join(', ')}`]),
  ];
}

export function summary(app: AppConfig, width: number): string[] {
  const columns = [
    { title: 'GROUP', least: 12 },
    { title: 'COUNT', right: true },
    { title: 'READY', least: 12 },
    { title: 'LISTEN', least: 12 },
    { title: 'COMMAND', least: 16 },
  ];
  const lines = table(columns, app.groups.map(groupRow), width, painter(false));
  return [`${app.name}: ${app.file} is valid, ${amount(app.groups.length, 'group')}`, '', ...lines];
}

function groupRow({ name, count, ready, listen, command }: GroupConfig): Row {
  const texts = [
    name,
    String(count),
    readyWords(ready),
    listen.map(listenWords).join(', '),
    command.join(' '),
  ];
  return texts.map((text) => ({ text }));
}

function listenWords(listen: Listen): string {
  return listen.kind === 'unix' ? `unix:${listen.path}` : `${listen.host}:${listen.port}`;
}

function readyWords(ready: Ready): string {
  switch (ready.by) {
    case 'notify':
      return 'sd_notify';
    case 'fd':
      return `newline on fd ${ready.fd}`;
    case 'ipc':
      return 'IPC message';
    case 'http':
      return `http ${targetWords(ready.target)}${ready.path}`;
    case 'tcp':
      return `tcp ${targetWords(ready.target)}`;
    case 'log':
      return `log /${ready.pattern}/`;
    case 'command':
      return ready.command.join(' ');
    case 'after':
      return `up for ${span(ready.wait)}`;
    default:
      return ready satisfies never;
  }
}

function targetWords(target: Target): string {
  return target.kind === 'unix' ? target.path : `:${target.port}`;
}
