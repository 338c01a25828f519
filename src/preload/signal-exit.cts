type Emitter = { readonly count?: number } | undefined;

/**
 * How many listeners on SIGTERM are those of the package signal-exit. They end the process at once when nobody else
 * listens, so they are no graceful end of the program's own; many packages bring them along unasked.
 */
function listeners(): number {
  const version3 = (process as { __signal_exit_emitter__?: Emitter }).__signal_exit_emitter__;
  const version4 = (globalThis as Record<symbol, Emitter>)[Symbol.for('signal-exit emitter')];
  return (version3?.count ?? 0) + (version4?.count ?? 0);
}

export = { listeners };
