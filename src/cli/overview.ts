/** Every verb, in the order in which one meets them. */
export const VERBS = [
  ['init', '[KIND]', 'a first sup.yaml and app: node, php, python, static'],
  ['check', '', 'name all problems of sup.yaml; --explain KEY'],
  ['start', '[NAMES] [-d]', 'start what is missing; -d in the background'],
  ['status', '[NAMES] [--watch]', 'what runs, and what is wrong'],
  ['logs', '[NAMES] [-f]', 'what the workers wrote; --since 10m, --grep RE'],
  ['reload', '[NAMES] [-g]', 'replace them one by one, losing no request'],
  ['apply', '[--plan]', 'take up sup.yaml, touching only what differs'],
  ['restart', '[NAMES] [-g]', 'stop, then start'],
  ['scale', 'web=8 …', 'more or fewer workers'],
  ['signal', '[NAMES] SIGNAL', 'send a signal to the main processes'],
  ['events', '[-f]', 'what has happened'],
  ['stop', '[NAMES] [-g]', 'stop them; without names the master ends, too'],
  ['ls', '', 'all apps of this user'],
] as const;

export const VERB_NAMES: readonly string[] = VERBS.map(([verb]) => verb);

/** What `sup` alone says. */
export function overview(version: string): string {
  return `sup ${version} keeps the workers of an app running, as its sup.yaml says.

  sup init node && sup start -d     a first app, supervised in the background
  sup status --watch                see it run
  sup reload                        replace its workers, losing no request
  sup logs -f web                   follow what they write
  sup stop                          end it

${VERBS.map(([verb, takes, does]) => `  ${`${verb} ${takes}`.padEnd(26)}${does}`).join('\n')}

NAMES are groups (web) or workers (web.2). Every verb has --json and --help;
-c FILE names another sup.yaml, -a NAME an app that runs.
`;
}
