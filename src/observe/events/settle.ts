import type { Event } from '../event';
import type { Settling } from '../known';

/** A health or wholeness must hold this long before it is told: failovers pass through many half-states. */
export const SETTLE_MS = 1_000;
/** Nobody must hold a role this long before its loss is told: an orderly hand-over takes less. */
export const VACANT_MS = 500;

/** An event without its time. */
export type Draft = Omit<Event, 'at'>;

/** A value that changed counts only once it has held for a moment. */
export function settle<T>(
  before: Settling<T> | undefined,
  value: T,
  now: number,
  holdMs: number,
): { readonly next: Settling<T>; readonly changed?: { readonly from: T; readonly to: T } } {
  if (before?.value === value && !before.next) return { next: before };
  if (before === undefined || before.value === value) return { next: { value } };
  if (before.next?.value !== value) return { next: { value: before.value, next: { value, since: now } } };
  if (now - before.next.since < holdMs) return { next: before };
  return { next: { value }, changed: { from: before.value, to: value } };
}

/** A record of which a copy is made only when something in it changes: most observations change nothing. */
export class Changes<T> {
  private copy: Record<string, T> | undefined;

  constructor(private readonly before: Readonly<Record<string, T>>) {}

  get(key: string): T | undefined {
    return (this.copy ?? this.before)[key];
  }

  set(key: string, value: T): void {
    if (this.get(key) === value) return;
    this.copy ??= { ...this.before };
    this.copy[key] = value;
  }

  get result(): Readonly<Record<string, T>> {
    return this.copy ?? this.before;
  }
}
