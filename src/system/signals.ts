/** A signal's name with its prefix: `SIGTERM`. */
export type Signal = `SIG${string}`;

/** Signals sent to this process; close() gives them their default effect back. */
export function onSignal(names: readonly Signal[], then: (name: Signal) => void): { close(): void } {
  const listener = (name: NodeJS.Signals) => then(name);
  for (const name of names) process.on(name, listener);
  return {
    close: () => {
      for (const name of names) process.off(name, listener);
    },
  };
}

export const exitProcess = (code: number): never => process.exit(code);
