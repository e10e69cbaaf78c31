import type { OutputName, OutputSink } from './demultiplexer';

/** Docker's own words about a start that failed are shorter; bytes. */
const LONGEST_COMPLAINT = 8 * 1024;
const LINE_END = '\r\n';

export interface FirstWordsOptions {
  /** Takes the output, in order. */
  readonly sink: OutputSink;
  /** True when the output so far ends with a whole frame. */
  readonly atFrameBoundary: () => boolean;
  /** Whether the process never started. */
  readonly neverStarted: () => Promise<boolean>;
  /** Told Docker's words about a process that never started, before they are handed on. */
  readonly complained: (words: string) => void;
  /** Stops, or lets go on, what brings the output. */
  readonly hold: () => void;
  readonly release: () => void;
}

/**
 * Docker tells that a process could not be started as the process's own output: one frame on standard output, ended by
 * CR LF. An output that begins like that is held until it is known whether the process ever ran; if not, it goes
 * where errors go. Everything else passes at once.
 */
export class FirstWords {
  private state: 'first' | 'asking' | 'passing' = 'first';
  private readonly held: { readonly output: OutputName; readonly piece: Buffer }[] = [];
  private asked: Promise<void> = Promise.resolve();

  constructor(private readonly options: FirstWordsOptions) {}

  /** False while the output is held back. */
  get flows(): boolean {
    return this.state !== 'asking';
  }

  /** Takes the next piece of output. */
  take(output: OutputName, piece: Buffer): void {
    if (this.state === 'passing') return this.options.sink(output, piece);
    this.held.push({ output, piece });
    if (this.state === 'asking') return;
    const words = Buffer.concat(this.held.map((one) => one.piece));
    const candidate = output === 'stdout' && words.length <= LONGEST_COMPLAINT;
    if (candidate && !this.options.atFrameBoundary()) return;
    if (candidate && words.subarray(-LINE_END.length).toString('latin1') === LINE_END) this.ask();
    else this.pass();
  }

  /** Hands on what is still held; resolves when nothing is. */
  async finish(): Promise<void> {
    if (this.state === 'first') this.pass();
    await this.asked;
  }

  private ask(): void {
    this.state = 'asking';
    this.options.hold();
    this.asked = this.options
      .neverStarted()
      // Whoever waits for the exit code learns of the loss there.
      .catch(() => false)
      .then((never) => {
        if (never)
          this.options.complained(Buffer.concat(this.held.map(({ piece }) => piece)).toString('utf8'));
        this.pass(never ? 'stderr' : undefined);
        this.options.release();
      });
  }

  /** @param as where all of it goes; each piece to its own output when absent */
  private pass(as?: OutputName): void {
    this.state = 'passing';
    for (const { output, piece } of this.held.splice(0)) this.options.sink(as ?? output, piece);
  }
}
