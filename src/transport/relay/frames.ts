/** A conversation's number; 0 is the relay itself. */
export type ChannelId = number;

/**
 * What is asked of a relay: to connect to a TCP port or a Unix socket, to start a command, to pass on data, to end our
 * direction, to end the conversation; and to say that it is there.
 */
export type Request = 'T' | 'U' | 'S' | 'D' | 'E' | 'X' | 'P';

/**
 * What a relay says: that it is there, that a conversation stands or was refused, output, error output, that nothing more
 * comes, and that the conversation is over (a command's exit code).
 */
type Answer = 'h' | 'o' | 'r' | 'd' | 'e' | 'z' | 'q';

export interface Frame {
  readonly type: Answer;
  readonly channel: ChannelId;
  readonly data: Buffer;
}

/** The type in one byte, channel and length in four each, big endian. */
const HEADER_LENGTH = 9;

/** A request as it is sent. */
export function encodeFrame(type: Request, channel: ChannelId, data: string | Uint8Array = ''): Buffer {
  const content = typeof data === 'string' ? Buffer.from(data) : data;
  const frame = Buffer.allocUnsafe(HEADER_LENGTH + content.length);
  frame.write(type, 0, 'latin1');
  frame.writeUInt32BE(channel, 1);
  frame.writeUInt32BE(content.length, 5);
  frame.set(content, HEADER_LENGTH);
  return frame;
}

/** Fields of a request; none of them may hold a zero byte, which no argument and no path can. */
export function fields(...values: readonly (string | number)[]): string {
  return values.join('\0');
}

/** Puts the pieces of a relay's output together to frames. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private length = 0;

  /** @returns the frames that are complete now */
  push(piece: Buffer): readonly Frame[] {
    this.pieces.push(piece);
    this.length += piece.length;
    const frames: Frame[] = [];
    for (;;) {
      const frame = this.take();
      if (!frame) return frames;
      frames.push(frame);
    }
  }

  private take(): Frame | undefined {
    const wanted = this.wanted();
    if (wanted === undefined || this.length < wanted) return undefined;
    const all = this.joined();
    this.pieces = wanted === all.length ? [] : [all.subarray(wanted)];
    this.length -= wanted;
    return {
      type: String.fromCharCode(all[0] ?? 0) as Answer,
      channel: all.readUInt32BE(1),
      data: all.subarray(HEADER_LENGTH, wanted),
    };
  }

  /** Length of the frame that comes next; undefined while its header is not complete. */
  private wanted(): number | undefined {
    if (this.length < HEADER_LENGTH) return undefined;
    const [first] = this.pieces;
    const head = first && first.length >= HEADER_LENGTH ? first : this.joined();
    return HEADER_LENGTH + head.readUInt32BE(5);
  }

  private joined(): Buffer {
    const all = this.pieces.length === 1 && this.pieces[0] ? this.pieces[0] : Buffer.concat(this.pieces);
    this.pieces = [all];
    return all;
  }
}
