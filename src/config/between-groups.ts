import { showTarget } from './address.js';
import type { GroupConfig } from './app.js';
import { clashes } from './clash.js';
import type { At } from './field.js';
import { nearest } from './nearest.js';
import { circles } from './needs.js';

/** Reports what is wrong only in sight of the other groups. `names` are all that the file has, also those of broken groups. */
export function checkBetween(
  groups: readonly GroupConfig[],
  names: readonly string[],
  { at, lineOf }: Sight,
): void {
  for (const { name, needs } of groups) {
    const place = at.key(name).key('needs');
    for (const [index, need] of needs.entries()) {
      if (needs.indexOf(need) < index) place.key(String(index)).report(`${need} is named twice`);
      else checkNeed(name, need, names, place.key(String(index)));
    }
  }
  const needs = groups.map(({ name, needs }) => [name, needs.filter((need) => need !== name)] as const);
  for (const circle of circles(new Map(needs))) {
    at.key(circle[0] ?? '')
      .key('needs')
      .report(`none of these can start first: ${circle.join(' → ')}`);
  }
  checkSockets(groups, { at, lineOf });
}

/** `at` stands at `workers`; `lineOf` is the line of a key. */
export type Sight = { readonly at: At; readonly lineOf: (key: readonly string[]) => number };

function checkNeed(name: string, need: string, names: readonly string[], at: At): void {
  const others = names.filter((other) => other !== name);
  const meant = nearest(need, others);
  if (need === name) at.report(`${name} needs itself`);
  else if (!names.includes(need)) {
    at.report(
      `there is no worker ${need}${meant === null ? '' : `, did you mean ${meant}?`}`,
      meant === null ? known(others) : undefined,
    );
  }
}

function known(names: readonly string[]): string {
  return names.length === 0 ? 'it is the only one' : `known here: ${names.join(', ')}`;
}

function checkSockets(groups: readonly GroupConfig[], { at, lineOf }: Sight): void {
  const claims = groups.flatMap(({ name, listen }) =>
    listen.map((each) => ({ listen: each, key: [name, 'listen', each.name] })),
  );
  for (const { first, second } of clashes(claims)) {
    const taken = `${showTarget(first.listen)} of ${['workers', ...first.key].join('.')} (line ${lineOf(first.key)})`;
    const [group = '', , socket = ''] = second.key;
    at.key(group)
      .key('listen')
      .key(socket)
      .report(`${showTarget(second.listen)} is taken by ${taken}`);
  }
}
