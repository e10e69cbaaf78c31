import type { Event } from '../observe/event';
import type { Observer } from '../observe/observer';
import { say } from '../words/message';
import { LabError } from '../lab/lab-error';

/** What is needed to write down what was done, and when. */
export interface AttemptContext {
  readonly observer: Pick<Observer, 'record'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** When something was done: its effect came between the two. Milliseconds since the epoch. */
export interface Span {
  /** When the order was given. */
  readonly at: number;
  readonly doneAt: number;
}

export interface Attempt {
  /** Recorded before it is done, so that the timeline starts with the cause. */
  readonly event: Omit<Event, 'at'>;
  readonly act: () => Promise<void>;
  /** Undoes what may have been done before the order failed, e.g. when the connection broke; it may fail as well. */
  readonly takeBack?: () => Promise<void>;
  /** The wish to end: looked at right before it is done, the last moment at which nothing has happened. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Records and does something; what failed half-way is undone.
 * @throws LabError `cancelled` when the signal says so before it began; whatever `act` rejects with
 */
export async function attempt(
  context: AttemptContext,
  { event, act, takeBack, signal }: Attempt,
): Promise<Span> {
  if (signal?.aborted) {
    throw new LabError(
      'cancelled',
      say('Nothing was done: it was cancelled.'),
      say('Start again when you like.'),
    );
  }
  const at = context.now();
  context.observer.record({ at, ...event });
  try {
    await act();
  } catch (error) {
    await takeBack?.().catch(() => undefined);
    throw error;
  }
  return { at, doneAt: context.now() };
}
