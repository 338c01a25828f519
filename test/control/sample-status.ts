import type { AppStatus, Fact, WorkerStatus } from '../../src/control/protocol.js';

const HOUR = 3_600_000;

export function sampleWorker(worker: string, differs: Partial<WorkerStatus> = {}): WorkerStatus {
  return {
    worker,
    phase: 'ready',
    part: 'holder',
    pid: 4300,
    life: 1,
    uptime: 2 * HOUR + 300_000,
    restarts: 0,
    cpu: 0.34,
    memory: 45 * 1024 * 1024,
    crashLooping: false,
    nextTryIn: null,
    last: null,
    says: null,
    ...differs,
  };
}

/** One of everything: a crash loop, a status text, a death long ago, a reload under way, a changed config. */
export const SAMPLE_STATUS: AppStatus = {
  app: 'shop',
  pid: 4211,
  version: '0.1.0',
  protocol: 1,
  file: '/srv/shop/sup.yaml',
  logDir: '/var/log/sup/shop',
  uptime: 2 * HOUR + 312_345,
  config: 'changed',
  lostLogBytes: 0,
  groups: [
    {
      group: 'web',
      wanted: 4,
      ready: 3,
      listen: ['0.0.0.0:3000'],
      job: null,
      workers: [
        sampleWorker('web.0'),
        sampleWorker('web.1', {
          restarts: 2,
          last: { reason: 'SIGKILL', code: null, signal: 'SIGKILL', ago: 3 * HOUR, tail: [] },
        }),
        sampleWorker('web.2', {
          phase: 'waiting',
          pid: null,
          uptime: null,
          cpu: null,
          memory: null,
          restarts: 12,
          crashLooping: true,
          nextTryIn: 27_000,
          last: {
            reason: 'exit 1',
            code: 1,
            signal: null,
            ago: 3000,
            tail: ["Error: Cannot find module './server.js'", '    at Module._load'],
          },
        }),
        sampleWorker('web.3', { says: 'Processing requests' }),
      ],
    },
    {
      group: 'chat',
      wanted: 1,
      ready: 1,
      listen: ['unix:/run/shop/chat.sock'],
      job: 'reload',
      workers: [
        sampleWorker('chat.0', { part: 'leaver', phase: 'stopping' }),
        sampleWorker('chat.0', { part: 'newcomer' }),
      ],
    },
  ],
};

type WorkerFact = Extract<Fact, { kind: 'worker' }>;

export function workerFact(worker: string, differs: Partial<WorkerFact> = {}): WorkerFact {
  return {
    seq: 1,
    at: '2025-01-02T03:04:05.678Z',
    kind: 'worker',
    worker,
    group: worker.replace(/\.\d+$/, ''),
    life: 1,
    pid: 4300,
    part: 'holder',
    before: 'starting',
    phase: 'ready',
    last: null,
    nextTryIn: null,
    crashLooping: false,
    ...differs,
  };
}
