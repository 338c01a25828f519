/** The verb by which `start -d` calls this program again, in the background. */
export const DAEMON_VERB = '__master';
