import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { unless } from './os-error.js';

export type Process = {
  readonly pid: number;
  readonly ppid: number;
  readonly pgrp: number;
  readonly session: number;
  /** In ticks since boot; together with the pid it names one process for ever. */
  readonly startTime: string;
  /** One letter as in proc(5): R, S, D, Z, T, … */
  readonly state: string;
  readonly threads: number;
  /** CPU time used so far, in user and kernel mode. */
  readonly ticks: number;
  readonly rssBytes: number;
  readonly comm: string;
};

export const ticksPerSecond: number = auxiliary(17, 100);
export const pageSize: number = auxiliary(6, 4096);

/** Null if there is no such process; a zombie still has one. */
export function readStat(pid: number): Process | null {
  const text = unless(['ENOENT', 'ESRCH'], null, () => readSmall(`/proc/${pid}/stat`));
  return text ? parseStat(text) : null;
}

/** A zombie whose other threads go on has only lost its first thread. */
export const isRunning = ({ state, threads }: Process): boolean =>
  (state !== 'Z' && state !== 'X') || threads > 1;

/** `comm` may hold blanks and parentheses; from the last one on there are only fields, `state` is number 3. */
function parseStat(text: string): Process {
  const nameEnd = text.lastIndexOf(')');
  const fields = text.slice(nameEnd + 2).split(' ');
  const field = (number: number) => fields[number - 3] ?? '';
  return {
    pid: Number.parseInt(text, 10),
    comm: text.slice(text.indexOf('(') + 1, nameEnd),
    state: field(3),
    ppid: Number(field(4)),
    pgrp: Number(field(5)),
    session: Number(field(6)),
    ticks: Number(field(14)) + Number(field(15)),
    threads: Number(field(20)),
    startTime: field(22),
    rssBytes: Number(field(24)) * pageSize,
  };
}

const buffer = Buffer.alloc(4096);

/** A third of the time readFileSync takes, which counts with thousands of them. */
function readSmall(path: string): string {
  const fd = openSync(path, 'r');
  try {
    return buffer.toString('latin1', 0, readSync(fd, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(fd);
  }
}

/** From the auxiliary vector of this process: pairs of words, type and value. */
function auxiliary(type: number, instead: number): number {
  const words = new BigUint64Array(new Uint8Array(readFileSync('/proc/self/auxv')).buffer);
  const at = words.findIndex((word, index) => index % 2 === 0 && word === BigInt(type));
  return at === -1 ? instead : Number(words[at + 1]);
}
