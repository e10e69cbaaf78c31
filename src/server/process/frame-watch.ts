/** A header is some 30 bytes long; whoever sends this many without an end does not speak the protocol. */
const LONGEST_HEADER = 4096;
const HEADER_END = '\r\n\r\n';

/**
 * Watches the frames of the protocol (`Content-Length: N`, an empty line, N bytes) beside whoever reads them. After a
 * frame that is none nobody can tell where the next one begins: nothing would ever be answered again.
 */
export class FrameWatch {
  private header = '';
  private bodyLeft = 0;

  /** Takes the next bytes in. @returns what is wrong with the frames; undefined while they are right */
  take(bytes: Uint8Array): string | undefined {
    let at = 0;
    while (at < bytes.length) {
      const skipped = Math.min(this.bodyLeft, bytes.length - at);
      this.bodyLeft -= skipped;
      at += skipped;
      if (at === bytes.length) break;
      const fault = this.takeHeader(bytes[at]);
      if (fault !== undefined) return fault;
      at += 1;
    }
    return undefined;
  }

  private takeHeader(byte = 0): string | undefined {
    this.header += String.fromCharCode(byte);
    if (this.header.length > LONGEST_HEADER) {
      return `a header of more than ${LONGEST_HEADER} bytes does not end`;
    }
    if (!this.header.endsWith(HEADER_END)) return undefined;
    const length = contentLength(this.header);
    if (typeof length === 'string') return length;
    this.header = '';
    this.bodyLeft = length;
    return undefined;
  }
}

/** The length a header gives, or what is wrong with it. */
function contentLength(header: string): number | string {
  const lines = header.slice(0, -HEADER_END.length).split('\r\n');
  const values = lines.flatMap((line) => /^content-length:(.*)$/i.exec(line)?.[1]?.trim() ?? []);
  const [value] = values;
  if (value === undefined) return 'a header has no Content-Length';
  return /^\d{1,15}$/.test(value) ? Number(value) : `a header has the Content-Length ${value.slice(0, 40)}`;
}
