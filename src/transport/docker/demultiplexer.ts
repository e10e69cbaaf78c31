/** Which of the two outputs a frame belongs to. */
export type OutputName = 'stdout' | 'stderr';

/** Called with each piece of output, in order; pieces are not whole frames. */
export type OutputSink = (output: OutputName, piece: Buffer) => void;

const HEADER_LENGTH = 8;
const STDERR = 2;

/**
 * Takes Docker's attach framing apart: eight bytes of header (byte 0 the output, bytes 4 to 7 the length, big
 * endian), then the payload. Payload is handed on as it arrives, without waiting for the end of its frame.
 * Source: Docker Engine API, "Attach to a container", stream format.
 */
export class Demultiplexer {
  private readonly header = Buffer.alloc(HEADER_LENGTH);
  private headerFilled = 0;
  private remaining = 0;

  constructor(private readonly sink: OutputSink) {}

  /** True between two frames: only there may a connection end without loss. */
  get atFrameBoundary(): boolean {
    return this.headerFilled === 0 && this.remaining === 0;
  }

  /** Takes the next bytes of the connection, cut anywhere. */
  push(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      offset += this.remaining > 0 ? this.takePayload(chunk, offset) : this.takeHeader(chunk, offset);
    }
  }

  private takeHeader(chunk: Buffer, offset: number): number {
    const taken = Math.min(HEADER_LENGTH - this.headerFilled, chunk.length - offset);
    chunk.copy(this.header, this.headerFilled, offset, offset + taken);
    this.headerFilled += taken;
    if (this.headerFilled === HEADER_LENGTH) {
      this.remaining = this.header.readUInt32BE(4);
      if (this.remaining === 0) this.headerFilled = 0;
    }
    return taken;
  }

  private takePayload(chunk: Buffer, offset: number): number {
    const taken = Math.min(this.remaining, chunk.length - offset);
    const output: OutputName = this.header[0] === STDERR ? 'stderr' : 'stdout';
    this.remaining -= taken;
    if (this.remaining === 0) this.headerFilled = 0;
    this.sink(output, chunk.subarray(offset, offset + taken));
    return taken;
  }
}
