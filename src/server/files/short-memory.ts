/** How long an answer of the disk counts, in milliseconds: one keystroke brings a handful of questions. */
const COUNTS_MS = 1000;

/** Remembers answers for a moment, so that questions that come together are asked once. */
export class ShortMemory<Answer> {
  private readonly answers = new Map<string, Promise<Answer>>();
  private since = -Infinity;

  /** @param now milliseconds of a clock that never goes back */
  constructor(private readonly now: () => number) {}

  /** The answer to a question; `ask` is called when none counts. One that fails is not remembered. */
  of(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    if (this.now() - this.since >= COUNTS_MS) this.forget();
    const known = this.answers.get(question);
    if (known !== undefined) return known;
    const asked = ask();
    this.answers.set(question, asked);
    asked.catch(() => {
      if (this.answers.get(question) === asked) this.answers.delete(question);
    });
    return asked;
  }

  /** Something is different now: everything is asked again. */
  forget(): void {
    this.answers.clear();
    this.since = this.now();
  }
}
