/** Two clicks within this time are a double click, milliseconds. */
const DOUBLE_MS = 500;
/** The way of a key from the window to the extension and back takes less. */
const KEY_MS = 2_000;

/** Tells whether a row that was activated is meant to be opened: by a key, or by the second of two clicks. */
export class Opening {
  private last: { readonly row: string; readonly at: number } | undefined;
  private keyAt: number | undefined;

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  /** A key was pressed: the row that is activated next is opened. */
  byKey(): void {
    this.keyAt = this.now();
  }

  /** A row was activated, however. @returns true when it is to be opened */
  asked(row: string): boolean {
    const at = this.now();
    const { last, keyAt } = this;
    const byKey = keyAt !== undefined && at - keyAt < KEY_MS;
    const twice = last?.row === row && at - last.at < DOUBLE_MS;
    this.keyAt = undefined;
    this.last = twice || byKey ? undefined : { row, at };
    return byKey || twice;
  }
}
