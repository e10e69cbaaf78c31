import { asNumber, asText, parseObject } from '../core/live/json';

/** What a job waits for: `wait` in its queue, `run` by somebody, `retry` after a failure, `dead` for nothing any more. */
export type JobStage = 'wait' | 'run' | 'retry' | 'dead';

/** One job as Redis has it. */
export interface Job {
  readonly stage: JobStage;
  readonly queue: string;
  /** Its class and what it is about, as far as that is short. */
  readonly name: string;
  /** The node that runs it. */
  readonly node?: string;
  /** Seconds since it waits, runs or is dead; until it is tried again. */
  readonly seconds: number;
}

/** One queue that jobs wait in. */
export interface Queue {
  readonly name: string;
  readonly waiting: number;
  /** Seconds for which the first of them waits. */
  readonly longest: number;
}

/** A process of Sidekiq. */
export interface Worker {
  readonly node: string;
  readonly busy: number;
  readonly threads: number;
}

/** What Redis has of Sidekiq, as one of its processes says. */
export interface Queues {
  readonly enqueued: number;
  readonly busy: number;
  readonly retries: number;
  readonly dead: number;
  readonly processes: number;
  /** When it was so, by its own clock. Milliseconds since the epoch; 0 when it does not say. */
  readonly asOf: number;
  /** Seconds for which a job that is to be tried again should have been; 0 when all have time. */
  readonly overdue: number;
  readonly queues: readonly Queue[];
  readonly workers: readonly Worker[];
  /** Some of the jobs, those in trouble before the others. */
  readonly jobs: readonly Job[];
}

/** Reads the page `/queues`; undefined when it is none. */
export function parseQueues(body: string): Queues | undefined {
  const value = parseObject(body);
  const number = (name: string): number | undefined => asNumber(value?.[name]);
  const [enqueued, busy, retries] = [number('enqueued'), number('busy'), number('retries')];
  const [dead, processes] = [number('dead'), number('processes')];
  if (enqueued === undefined || busy === undefined || retries === undefined) return undefined;
  if (dead === undefined || processes === undefined) return undefined;
  return {
    ...{ enqueued, busy, retries, dead, processes },
    asOf: number('asOf') ?? 0,
    overdue: number('overdue') ?? 0,
    queues: rowsOf(value?.['queues']).flatMap(queueIn),
    workers: rowsOf(value?.['nodes']).flatMap(workerIn),
    jobs: rowsOf(value?.['jobs']).flatMap(jobIn),
  };
}

function rowsOf(value: unknown): readonly (readonly unknown[])[] {
  return Array.isArray(value) ? value.filter((row): row is unknown[] => Array.isArray(row)) : [];
}

function queueIn([name, waiting, longest]: readonly unknown[]): readonly Queue[] {
  const found = asText(name);
  return found === undefined
    ? []
    : [{ name: found, waiting: asNumber(waiting) ?? 0, longest: asNumber(longest) ?? 0 }];
}

function workerIn([node, busy, threads]: readonly unknown[]): readonly Worker[] {
  const found = asText(node);
  return found === undefined
    ? []
    : [{ node: found, busy: asNumber(busy) ?? 0, threads: asNumber(threads) ?? 0 }];
}

function jobIn([stage, queue, kind, about, node, seconds]: readonly unknown[]): readonly Job[] {
  if (!isStage(stage) || typeof queue !== 'string' || typeof kind !== 'string') return [];
  const name = [kind, asText(about) ?? ''].filter((word) => word !== '').join(' ');
  const runsOn = asText(node);
  return [
    { stage, queue, name, seconds: asNumber(seconds) ?? 0, ...(runsOn !== undefined && { node: runsOn }) },
  ];
}

function isStage(value: unknown): value is JobStage {
  return value === 'wait' || value === 'run' || value === 'retry' || value === 'dead';
}
