const cell = new Int32Array(new SharedArrayBuffer(4));

/** Blocks; takes fractions of a millisecond. */
export function pause(ms: number): void {
  Atomics.wait(cell, 0, 0, ms);
}
