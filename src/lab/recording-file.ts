import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RecordingSink } from '../observe/recording';

/** A recording stops growing here, bytes: weeks of a busy lab, and no danger to the disk. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * A recording as a file that grows to a limit; written from the first event on, readable by its owner only. What comes
 * after the limit is dropped: the beginning of a recording is what a replay starts from.
 */
export class RecordingFile implements RecordingSink {
  private stream: Promise<WriteStream | undefined> | undefined;
  private written = 0;

  constructor(
    private readonly path: string,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  /**
   * Makes the folder, once, before anything is appended. Later it is not made again: the events of a lab's
   * destruction come when its folder is gone already, and must not bring it back.
   */
  async prepare(): Promise<this> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    } catch {
      this.stream = Promise.resolve(undefined);
    }
    return this;
  }

  append(line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    if (this.written + bytes > this.maxBytes) return;
    this.written += bytes;
    this.stream ??= this.open();
    void this.stream.then((stream) => stream?.write(`${line}\n`));
  }

  async close(): Promise<void> {
    const stream = await this.stream;
    // Closed for good, whatever still comes.
    this.stream = Promise.resolve(undefined);
    if (stream) await new Promise<void>((resolve) => stream.end(() => resolve()));
  }

  /** A recording that cannot be written is given up; the observation goes on. */
  private open(): Promise<WriteStream | undefined> {
    return new Promise((resolve) => {
      const stream = createWriteStream(this.path, { flags: 'a', mode: 0o600 });
      stream.once('open', () => resolve(stream));
      stream.on('error', () => {
        this.stream = Promise.resolve(undefined);
        resolve(undefined);
      });
    });
  }
}
