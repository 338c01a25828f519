import type { Place } from '../place.js';
import { webServer } from '../web.js';

/** `count` times sleep(1), or with a port the small web server. */
export type Load = { readonly count: number; readonly port: number | null };

export type Running = {
  /** When its start command has returned; what goes wrong is told here. */
  readonly started: Promise<void>;
  /** The process that supervises. */
  master(): number;
  /** The command that prints what runs. */
  readonly status: readonly string[];
  /** The command that replaces all workers, where there is one. */
  readonly reload: readonly string[] | null;
};

export type Peer = {
  readonly name: string;
  /** For the page: its version and how it was set up. */
  readonly about: string;
  readonly serves: boolean;
  start(load: Load, place: Place): Running;
};

/** One that is not there is left out with a word. */
export type Absent = { readonly name: string; readonly why: string };

export const isAbsent = (one: Peer | Absent): one is Absent => 'why' in one;

/** The words of one worker. */
export const commandOf = ({ port }: Load, place: Place): readonly string[] =>
  port === null ? ['/bin/sleep', place.nap] : [process.execPath, place.write('server.mjs', webServer(port))];
