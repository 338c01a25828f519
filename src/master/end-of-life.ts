import { after } from '../system/clock.js';
import { fileInfo } from '../system/files.js';
import { ownPid } from '../system/machine.js';
import {
  groupExists,
  type Identity,
  isAlive,
  signalGroup,
  startTime,
  watchExit,
} from '../system/processes.js';
import type { Child } from '../system/spawn.js';
import type { Ending } from '../worker/worker.js';

/** Tells when a life is over: its main process has ended, and nobody is left in its process group. */
export class EndOfLife {
  private told = false;
  private ended = false;
  private main: Identity;

  /** `uid` is whom the program was begun as. */
  constructor(
    private readonly child: Child,
    private readonly uid: number,
    private readonly over: (ending: Ending) => void,
  ) {
    this.main = child;
    child.onExit((exit) => {
      const ending: Ending = 'code' in exit ? { how: 'code', ...exit } : { how: 'signal', ...exit };
      this.mainEnded(child.pid, ending);
    });
  }

  get mainProcess(): Identity {
    return this.main;
  }

  /** sd_notify(3) MAINPID: from now on the end of that process is the end of the life. */
  follow(pid: number): void {
    const begin = startTime(pid);
    if (begin === null || pid === this.main.pid || !mayBeFollowed(pid, this.uid)) return;
    this.main = { pid, startTime: begin };
    watchExit(this.main, () => this.mainEnded(pid, { how: 'unknown' }));
  }

  /** A stop was asked for: whoever is left in the group gets the time of the stop, not a kill. */
  expect(): void {
    this.told = true;
  }

  private mainEnded(pid: number, ending: Ending): void {
    if (this.ended || (pid !== this.main.pid && isAlive(this.main))) return;
    this.ended = true;
    if (!this.told) this.killGroup();
    this.awaitGroup(ending, 1);
  }

  /** Where nobody in it may be signalled (EPERM: programs of another user), it is only waited for. */
  private killGroup(): void {
    try {
      signalGroup(this.child, 'SIGKILL');
    } catch {}
  }

  private awaitGroup(ending: Ending, wait: number): void {
    if (!groupExists(this.child)) this.over(ending);
    else after(wait, () => this.awaitGroup(ending, Math.min(wait * 2, LONGEST_WAIT)));
  }
}

/** Else a program could make a master of root signal what it may not signal itself. */
const mayBeFollowed = (pid: number, uid: number): boolean =>
  pid > 1 && pid !== ownPid && (uid === 0 || fileInfo(`/proc/${pid}`)?.uid === uid);

/** Between two looks at a group whose leader is gone; the kernel tells nobody when it is empty. */
const LONGEST_WAIT = 50;
