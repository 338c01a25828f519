import type { GroupConfig } from '../../src/config/app.js';

/** A whole config of a group, with small round numbers; `change` says what matters to a test. */
export const someConfig = (change: Partial<GroupConfig> = {}): GroupConfig => ({
  name: 'web',
  command: ['node', 'server.js'],
  count: 2,
  cwd: '/srv/shop',
  env: {},
  user: null,
  group: null,
  umask: null,
  nice: null,
  limits: {},
  listen: [],
  ready: { by: 'notify', within: 1000 },
  reload: { by: 'replace', signal: 'SIGHUP', batch: 1 },
  stop: { signal: 'SIGTERM', timeout: 500, drain: 0 },
  restart: { when: 'always', codes: [0], from: 100, to: 3000, stable: 2000, attempts: null },
  logs: { rotate: 1_000_000, every: null, keep: 3, compress: false },
  needs: [],
  ...change,
});
