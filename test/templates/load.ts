import { join } from 'node:path';
import type { Program } from '../support/held-server.js';
import { PROJECT } from '../support/project.js';
import { provesRollingReplace } from '../support/rolling-replace.js';

export const template = (name: string): string => join(PROJECT, 'templates/init', name);

/** Ten replaces under clients that speak all the time, that pause, and that come anew for each request. */
export function provesTemplate(program: Program, path = '/'): Promise<void> {
  const loads = [
    { path, keepAlive: true, connections: 2, think: 1 },
    { path, keepAlive: true, connections: 12, think: [5, 30, 150, 400] },
    { path, connections: 4, think: 4 },
  ];
  return provesRollingReplace({ program, serves: /listening/, replaces: 10, loads });
}
