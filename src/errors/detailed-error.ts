import { type ErrorCode, SupError } from './sup-error.js';

/** A SupError with what a machine wants to know of it; it crosses the control socket whole. */
export class DetailedError extends SupError {
  constructor(
    code: ErrorCode,
    message: string,
    hint: string | undefined,
    readonly detail: unknown,
  ) {
    super(code, message, hint);
  }
}
