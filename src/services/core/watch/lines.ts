import { StringDecoder } from 'node:string_decoder';

/** Collects chunks of bytes into whole lines without their newline; a line longer than the bound is dropped. */
export class LineBuffer {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';

  constructor(private readonly maxLength = 262_144) {}

  push(chunk: Buffer): readonly string[] {
    const pieces = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = pieces.pop() ?? '';
    if (this.rest.length > this.maxLength) this.rest = '';
    return pieces.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }
}
