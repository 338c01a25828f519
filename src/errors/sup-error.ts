/** The exit status of every error `sup` can end with; stable, documented in docs/exit-codes.md. */
export const EXIT_STATUS = {
  E_FAILED: 1,
  E_USAGE: 2,
  E_CONFIG_INVALID: 2,
  E_CONFIG_MISSING: 2,
  E_NO_MASTER: 3,
  E_RELOAD_REFUSED: 4,
  E_START_FAILED: 5,
  E_SUPERSEDED: 6,
  E_ALREADY_RUNS: 7,
  E_PROTOCOL: 8,
} as const;

export type ErrorCode = keyof typeof EXIT_STATUS;

/** What went wrong (message), which kind it is (code), and what to type or change next (hint). */
export class SupError extends Error {
  override readonly name = 'SupError';
  readonly exitCode: number;
  /** oclif takes the status from here in text mode, and from `exitCode` under `--json`. */
  readonly oclif: { readonly exit: number };

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
    this.exitCode = EXIT_STATUS[code];
    this.oclif = { exit: this.exitCode };
  }
}
