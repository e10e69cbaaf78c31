import { verbatim } from '../words/message';
import { readMessage, written } from '../words/written-message';
import type { Event, EventKind } from './event';

/** Where lines of a recording go. */
export interface RecordingSink {
  /** Adds one line; the sink adds the newline. Never throws: a full disk must not stop observing. */
  append(line: string): void;
  /** Resolves when everything appended is on disk. */
  close(): Promise<void>;
}

/** One event as one line of NDJSON, without the newline: its text in English, and as words for any language. */
export function encodeEvent(event: Event): string {
  return JSON.stringify({ ...event, words: written(event.text) });
}

/**
 * Reads a recording. A torn last line (the writer was killed) and lines that are no events are left out and
 * counted.
 */
export function decodeRecording(text: string): {
  readonly events: readonly Event[];
  readonly skipped: number;
} {
  const events: Event[] = [];
  let skipped = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const event = decodeEvent(line);
    if (event) events.push(event);
    else skipped += 1;
  }
  return { events, skipped };
}

function decodeEvent(line: string): Event | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return undefined;
    const { at, kind, text, words, ...event } = value as Record<string, unknown>;
    if (typeof at !== 'number' || typeof kind !== 'string' || typeof text !== 'string') return undefined;
    return { ...event, at, kind: kind as EventKind, text: readMessage(words) ?? verbatim(text) };
  } catch {
    return undefined;
  }
}
