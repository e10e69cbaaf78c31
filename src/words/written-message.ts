import { Message } from './message';
import type { Value } from './message';

/** A message as data: what is kept knows no language, and can be said in any later. */
export interface WrittenMessage {
  readonly say: string;
  readonly with?: readonly WrittenValue[];
  readonly begins?: true;
}

type WrittenValue = string | number | WrittenMessage;

/** The message as data. */
export function written({ sentence, values, begins }: Message): WrittenMessage {
  return {
    say: sentence,
    ...(values.length > 0 && {
      with: values.map((value) => (value instanceof Message ? written(value) : value)),
    }),
    ...(begins && { begins }),
  };
}

/** The message that was kept; undefined for what is none. */
export function readMessage(kept: unknown): Message | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { say, with: values = [], begins } = kept as Readonly<Record<string, unknown>>;
  if (typeof say !== 'string' || !Array.isArray(values)) return undefined;
  const read = values.flatMap((value: unknown): readonly Value[] => {
    if (typeof value === 'string' || typeof value === 'number') return [value];
    const message = readMessage(value);
    return message ? [message] : [];
  });
  return read.length === values.length ? new Message(say, read, begins === true) : undefined;
}
