import { isClientWay } from '../../services/client-ways';
import type { ProbePath, WriteAttempt } from './write-attempt';

/** What `probe verify` found on the server it asked. */
export interface Presence {
  readonly path: ProbePath;
  readonly count: number;
  /** Sequence numbers that are stored, as closed ranges. */
  readonly present: readonly (readonly [number, number])[];
  /** The server that answered was a primary (Redis: master). */
  readonly primary: boolean;
}

/**
 * Reads one line of the probe's output (its interface is described at the top of lab/image's `probe`).
 * @returns undefined for what is no attempt of a write: a torn line, another path, no object.
 */
export function parseAttempt(line: string): WriteAttempt | undefined {
  const value = parseObject(line);
  if (!value) return undefined;
  const { path, seq, at, ms, ok, error } = value;
  if (!isClientWay(path)) return undefined;
  if (typeof seq !== 'number' || typeof at !== 'number' || typeof ms !== 'number') return undefined;
  if (typeof ok !== 'boolean') return undefined;
  return {
    path,
    sequence: seq,
    startedAt: at,
    endedAt: at + ms,
    acknowledged: ok,
    ...(typeof error === 'string' ? { error } : {}),
  };
}

/** Reads the answer of `probe verify`; undefined when it is none. */
export function parsePresence(text: string): Presence | undefined {
  const value = parseObject(text);
  if (!value) return undefined;
  const { path, count, present, primary } = value;
  if (!isClientWay(path)) return undefined;
  if (typeof count !== 'number' || typeof primary !== 'boolean' || !isRanges(present)) return undefined;
  return { path, count, present, primary };
}

/** Every number of the ranges. */
export function* numbersIn(ranges: Presence['present']): Generator<number> {
  for (const [first, last] of ranges) for (let number = first; number <= last; number += 1) yield number;
}

function isRanges(value: unknown): value is Presence['present'] {
  return (
    Array.isArray(value) &&
    value.every(
      (range: unknown) =>
        Array.isArray(range) && range.length === 2 && range.every((end) => Number.isSafeInteger(end)),
    )
  );
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // A line that was cut off when the probe was ended.
    return undefined;
  }
}
