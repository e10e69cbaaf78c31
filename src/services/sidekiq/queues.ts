/** What Sidekiq says of its queues. */
export interface Queues {
  readonly enqueued: number;
  readonly busy: number;
  readonly retries: number;
  readonly dead: number;
  readonly processes: number;
}

/** Reads the page `/queues`; undefined when it is none. */
export function parseQueues(body: string): Queues | undefined {
  const number = (name: string): number | undefined => {
    const [, digits] = new RegExp(`"${name}":(\\d+)`).exec(body) ?? [];
    return digits === undefined ? undefined : Number(digits);
  };
  const [enqueued, busy, retries] = [number('enqueued'), number('busy'), number('retries')];
  const [dead, processes] = [number('dead'), number('processes')];
  if (enqueued === undefined || busy === undefined || retries === undefined) return undefined;
  if (dead === undefined || processes === undefined) return undefined;
  return { enqueued, busy, retries, dead, processes };
}
