import { getSystemErrorName } from 'node:util';

/** An error of the OS, as Node makes them: `code` is 'EACCES', `errno` is negative. */
export function osError(errno: number, syscall: string, detail = ''): NodeJS.ErrnoException {
  const code = getSystemErrorName(errno);
  const error = new Error(`${syscall} ${code}${detail && ` ${detail}`}`);
  return Object.assign(error, { code, errno, syscall });
}

/** The `code` of whatever was thrown, or null. */
export const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Runs `action`; an error with one of these codes gives `instead`. */
export function unless<T, U>(codes: readonly string[], instead: U, action: () => T): T | U {
  try {
    return action();
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return instead;
    throw error;
  }
}
