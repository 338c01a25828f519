import Apply from './apply.js';
import Check from './check.js';
import Events from './events.js';
import Init from './init.js';
import Logs from './logs.js';
import Ls from './ls.js';
import Reload from './reload.js';
import Restart from './restart.js';
import Scale from './scale.js';
import Signal from './signal.js';
import Start from './start.js';
import Status from './status.js';
import Stop from './stop.js';

/** Every verb by its name; oclif takes the list from here. */
export const COMMANDS = {
  apply: Apply,
  check: Check,
  events: Events,
  init: Init,
  logs: Logs,
  ls: Ls,
  reload: Reload,
  restart: Restart,
  scale: Scale,
  signal: Signal,
  start: Start,
  status: Status,
  stop: Stop,
};
