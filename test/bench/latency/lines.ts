import { createInterface } from 'node:readline';

/** Calls back with each line of a stream and the moment it arrived (milliseconds since the epoch). */
export function onLines(stream: NodeJS.ReadableStream, listener: (line: string, at: number) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => listener(line, Date.now()));
}
