import type { GroupConfig, Signal } from '../config/app.js';
import { ownUser } from '../system/machine.js';
import { type Identity, isAlive, sendSignal, signalGroup } from '../system/processes.js';
import { type Child, spawnChild } from '../system/spawn.js';
import { findGroup, findUser, type User } from '../system/users.js';
import type { Ending } from '../worker/worker.js';
import { commandLine, type RunAs } from './command-line.js';
import { EndOfLife } from './end-of-life.js';
import { environmentOf, LISTEN_AT, SHARED_AT } from './environment.js';
import { launchProblem, launchReason } from './launch-problem.js';
import type { NewOutput, SlotLog } from './output/capture.js';
import { type Preparation, prepareReadiness } from './readiness/prepare.js';
import type { ReadinessNews, Subject, Watch } from './readiness/readiness.js';
import { watchReadiness } from './readiness/watch-readiness.js';
import { watchReload } from './readiness/watch-reload.js';

/** Where and with what a life begins. */
export type Birth = {
  readonly app: string;
  readonly stateDir: string;
  readonly preload: string;
  readonly inherited: Readonly<Record<string, string>>;
  readonly config: GroupConfig;
  readonly slot: number;
  readonly life: number;
  readonly log: SlotLog;
  readonly sockets: readonly number[];
};

export type Listener = {
  news(news: ReadinessNews): void;
  /** Once, when the whole process group is gone. */
  ended(ending: Ending): void;
};

/** One OS process with all that belongs to it: its output, its readiness, its end. */
export class Life {
  /** What the program says of itself: sd_notify(3) STATUS. */
  says: string | null = null;

  private constructor(
    private readonly output: NewOutput,
    private readonly child: Child,
    private readonly subject: Subject,
    private readonly end: EndOfLife,
  ) {}

  /** Throws when it cannot begin; nothing of it is left then. */
  static begin(birth: Birth, listener: Listener): Life {
    const user = otherUser(birth.config);
    const env = environmentOf(birth.inherited, { ...birth, user });
    const problem = launchProblem(birth.config, env['PATH'] ?? '');
    if (problem) throw new Error(problem);
    const { config, stateDir } = birth;
    const where = { stateDir, life: `${config.name}.${birth.slot}-${birth.life}`, uid: user?.uid ?? null };
    const preparation = prepareReadiness(config.ready, where, config.reload.by === 'signal');
    try {
      return Life.spawn(birth, { ...env, ...preparation.env }, preparation, listener);
    } catch (error) {
      preparation.close();
      throw error;
    }
  }

  private static spawn(
    birth: Birth,
    env: Readonly<Record<string, string>>,
    preparation: Preparation,
    listener: Listener,
  ): Life {
    const { config } = birth;
    const run = runAs(config);
    const output = birth.log.openLife(birth.life);
    const child = launch(birth, env, { preparation, output, run });
    let watch: Watch = { close: () => {} };
    const end = new EndOfLife(child, run?.uid ?? ownUser().uid, (ending) => {
      watch.close();
      preparation.close();
      output.drain();
      listener.ended(ending);
    });
    const { notify, readyLine } = preparation;
    const subject: Subject = { identity: child, env, cwd: config.cwd, output, child, notify, readyLine };
    const life = new Life(output, child, subject, end);
    const news = (news: ReadinessNews) => {
      life.hear(news);
      listener.news(news);
    };
    try {
      watch = watchReadiness(subject, config.ready, news);
    } catch (error) {
      // It runs already, and so has to be ended like any other.
      news({ type: 'unwell', reason: launchReason(error) });
    }
    return life;
  }

  get identity(): Identity {
    return this.child;
  }

  /** The process that the program calls its main one. */
  get main(): Identity {
    return this.end.mainProcess;
  }

  get tail(): readonly string[] {
    return this.output.tail();
  }

  /** A stop: to everybody in the process group, and to the main process if it left the group. */
  stop(signal: Signal): void {
    this.end.expect();
    signalGroup(this.child, signal);
    if (this.main.pid !== this.child.pid && isAlive(this.main)) sendSignal(this.main, signal);
  }

  /** To the main process only; false if it is gone. */
  signal(signal: Signal): boolean {
    return sendSignal(this.main, signal);
  }

  /** Send the reload signal, and tell when the program took it. */
  reload(signal: Signal, took: () => void): Watch {
    const watch = watchReload({ ...this.subject, identity: this.main }, took);
    this.signal(signal);
    return watch;
  }

  private hear(news: ReadinessNews): void {
    if (news.type === 'status') this.says = news.text;
    if (news.type === 'mainPid') this.end.follow(news.pid);
  }
}

type Equipment = {
  readonly preparation: Preparation;
  readonly output: NewOutput;
  readonly run: RunAs | null;
};

function launch(
  birth: Birth,
  env: Readonly<Record<string, string>>,
  { preparation, output, run }: Equipment,
): Child {
  const { config } = birth;
  const descriptors: (number | 'ignore' | 'ipc')[] = ['ignore', output.stdout, output.stderr];
  birth.sockets.forEach((fd, i) => {
    descriptors[LISTEN_AT + i] = fd;
    descriptors[SHARED_AT + i] = fd;
  });
  for (const [at, fd] of preparation.stdio) descriptors[at] = fd;
  const argv = commandLine(config, run);
  const umask = config.umask === null ? {} : { umask: config.umask };
  try {
    return spawnChild({ argv, cwd: config.cwd, env, stdio: descriptors, ...umask });
  } finally {
    output.closeChildEnds();
    preparation.closeChildEnds();
  }
}

/** The user of the config, where it is not the master's own. */
function otherUser({ user }: GroupConfig): User | null {
  const found = user === null ? null : findUser(user);
  return found && found.uid !== ownUser().uid ? found : null;
}

function runAs(config: GroupConfig): RunAs | null {
  const user = otherUser(config);
  const group = config.group === null ? null : findGroup(config.group);
  if (!user && !group) return null;
  const uid = user?.uid ?? ownUser().uid;
  return { uid, gid: group?.gid ?? user?.gid ?? uid, initGroups: user !== null };
}
