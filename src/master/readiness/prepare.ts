import { join } from 'node:path';
import type { Ready } from '../../config/app.js';
import { type NotifyChannel, openNotifyChannel } from './notify-channel.js';
import { makeReadyLine, type ReadyLine, reopenReadyLine } from './ready-line.js';

/** What has to be there before a life is spawned, so that it can tell that it serves. */
export type Preparation = {
  readonly env: Readonly<Record<string, string>>;
  /** By descriptor of the child. */
  readonly stdio: ReadonlyMap<number, number | 'ipc'>;
  readonly notify: NotifyChannel | null;
  readonly readyLine: ReadyLine | null;
  /** After the spawn: what the child has by now need not be open here. */
  closeChildEnds(): void;
  /** At the end of the life; its files go, too. */
  close(): void;
};

export type Where = {
  readonly stateDir: string;
  /** Names the files: short, and of no other life in that folder. */
  readonly life: string;
  /** The program's user where it is not ours: it cannot enter the state folder. */
  readonly uid?: number | null;
};

/** `speaks`: a notify socket is wanted though readiness is told in another way, for RELOADING=1 and the like. */
export function prepareReadiness(ready: Ready, where: Where, speaks: boolean): Preparation {
  return preparation(
    ready,
    openNotifyFor(ready, where, speaks),
    ready.by === 'fd' ? makeReadyLine(linePath(where)) : null,
  );
}

/** The same for a life that an earlier master began: it goes on speaking to the files it knows. */
export function resumeReadiness(ready: Ready, where: Where, speaks: boolean): Preparation {
  return preparation(
    ready,
    openNotifyFor(ready, where, speaks),
    ready.by === 'fd' ? reopenReadyLine(linePath(where)) : null,
  );
}

const linePath = ({ stateDir, life }: Where): string => join(stateDir, `${life}.ready`);

function openNotifyFor(
  ready: Ready,
  { stateDir, life, uid = null }: Where,
  speaks: boolean,
): NotifyChannel | null {
  if (ready.by !== 'notify' && !speaks) return null;
  const path = join(stateDir, `${life}.notify`);
  return openNotifyChannel(uid === null ? path : `@sup${path}`, uid);
}

function preparation(ready: Ready, notify: NotifyChannel | null, readyLine: ReadyLine | null): Preparation {
  return {
    env: notify === null ? {} : { NOTIFY_SOCKET: notify.path },
    stdio: stdioOf(ready, readyLine),
    notify,
    readyLine,
    closeChildEnds: () => readyLine?.closeChildEnd(),
    close: () => {
      notify?.close();
      readyLine?.close();
    },
  };
}

/** Clear of the held sockets, which begin at 3 and at 100; Node tells its child the number. */
const IPC = 90;

function stdioOf(ready: Ready, readyLine: ReadyLine | null): Map<number, number | 'ipc'> {
  if (ready.by === 'ipc') return new Map([[IPC, 'ipc']]);
  const end = readyLine?.childEnd ?? null;
  return new Map(ready.by === 'fd' && end !== null ? [[ready.fd, end]] : []);
}
