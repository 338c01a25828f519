// Runs inside the users' Node programs (NODE_OPTIONS=--require): no package, no throw, and nothing at all without SUP_SOCKETS.
// Whatever is not needed yet is loaded later: every Node program of the worker pays for this file, npm and npx too.

const list = process.env['SUP_SOCKETS'];
if (list) {
  try {
    const { useHeldSockets }: typeof import('./listen.cjs') = require('./listen.cjs');
    useHeldSockets(list);
  } catch {
    // The program then listens by itself, and says what is wrong in its own words.
  }
}
