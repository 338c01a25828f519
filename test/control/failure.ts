import { SupError } from '../../src/errors/sup-error.js';

/** The SupError that it ends with; anything else is thrown. */
export async function failure(promise: Promise<unknown>): Promise<SupError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SupError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
