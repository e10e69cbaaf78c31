import type { Readable } from 'node:stream';
import { readLines } from '../read-lines';

/** What Docker says while it builds, pulls or imports. */
export type BuildMessage =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'step'; readonly number: number; readonly of: number; readonly text: string }
  | { readonly kind: 'image'; readonly id: string }
  | { readonly kind: 'error'; readonly text: string };

interface RawMessage {
  readonly stream?: string;
  readonly status?: string;
  readonly id?: string;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
  readonly aux?: { readonly ID?: string };
}

const STEP = /^Step (\d+)\/(\d+) : (.*)$/;

/**
 * Reads Docker's stream of JSON messages, one per line; empty texts are left out.
 * @throws the signal's reason once it is aborted, also while Docker says nothing
 */
export async function* readBuildOutput(stream: Readable, signal: AbortSignal): AsyncGenerator<BuildMessage> {
  for await (const line of readLines(stream, signal)) {
    if (line.trim() !== '') yield* parseBuildMessage(line);
  }
}

/** The messages of one line of Docker's stream. */
export function parseBuildMessage(line: string): readonly BuildMessage[] {
  const raw = JSON.parse(line) as RawMessage;
  if (raw.error !== undefined || raw.errorDetail !== undefined) {
    return [{ kind: 'error', text: raw.errorDetail?.message ?? raw.error ?? 'unknown error' }];
  }
  if (raw.aux?.ID !== undefined) return [{ kind: 'image', id: raw.aux.ID }];
  if (raw.status !== undefined) {
    return [{ kind: 'line', text: raw.id ? `${raw.id}: ${raw.status}` : raw.status }];
  }
  return (raw.stream ?? '')
    .split(/\r?\n|\r/)
    .map((text) => text.trimEnd())
    .filter((text) => text !== '')
    .map(parseLine);
}

function parseLine(text: string): BuildMessage {
  const step = STEP.exec(text);
  if (!step) return { kind: 'line', text };
  return { kind: 'step', number: Number(step[1]), of: Number(step[2]), text: step[3] ?? '' };
}
