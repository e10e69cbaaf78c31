/** What somebody does with a GitLab, from the client's side; the order is that of the report's columns. */
export const JOURNEYS = [
  'sql',
  'read',
  'row',
  'commit over HTTP',
  'commit over SSH',
  'job',
  'object',
] as const;

export type Journey = (typeof JOURNEYS)[number];

/** One attempt of a client. */
export interface Attempt {
  readonly journey: Journey;
  /** What is not acknowledged is tried again under the same number. */
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly acknowledged: boolean;
  /** What the server called it: a commit's hash. */
  readonly id?: string;
  /** The job the server told of with a push: its acknowledgement of that. */
  readonly job?: number;
  readonly error?: string;
}

/** Reads a line of the client's (client.py). @returns undefined for what is no attempt */
export function parseAttempt(line: string): Attempt | undefined {
  const value = parsed(line);
  const { journey, seq, at, ms, ok, id, job, error } = value;
  if (!isJourney(journey)) return undefined;
  if (typeof seq !== 'number' || typeof at !== 'number' || typeof ms !== 'number') return undefined;
  if (typeof ok !== 'boolean') return undefined;
  return {
    journey,
    sequence: seq,
    startedAt: at,
    endedAt: at + ms,
    acknowledged: ok,
    ...(typeof id === 'string' ? { id } : {}),
    ...(typeof job === 'number' ? { job } : {}),
    ...(typeof error === 'string' ? { error } : {}),
  };
}

function isJourney(value: unknown): value is Journey {
  return JOURNEYS.some((journey) => journey === value);
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // A line that was cut off when the client was ended.
    return {};
  }
}
