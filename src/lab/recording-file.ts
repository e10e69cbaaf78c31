import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RecordingSink } from '../observe/recording';

/** A recording as a file that grows; made at the first event, readable by its owner only. */
export class RecordingFile implements RecordingSink {
  private stream: Promise<WriteStream | undefined> | undefined;

  constructor(private readonly path: string) {}

  append(line: string): void {
    this.stream ??= this.open();
    void this.stream.then((stream) => stream?.write(`${line}\n`));
  }

  async close(): Promise<void> {
    const stream = await this.stream;
    this.stream = undefined;
    if (stream) await new Promise<void>((resolve) => stream.end(() => resolve()));
  }

  /** A recording that cannot be written is given up; the observation goes on. */
  private async open(): Promise<WriteStream | undefined> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      const stream = createWriteStream(this.path, { flags: 'a', mode: 0o600 });
      stream.on('error', () => {
        this.stream = Promise.resolve(undefined);
      });
      return stream;
    } catch {
      return undefined;
    }
  }
}
