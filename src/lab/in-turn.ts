/**
 * Work on the same thing, one after the other in the order it was asked for. Who asks does not fail because what was asked
 * before is seen to be done a moment before it has ended.
 */
export class InTurn {
  private readonly last = new Map<string, Promise<unknown>>();

  /**
   * @param key what the work is on; work on another key does not wait
   * @throws what the work throws; what work before it threw is told to who asked for that
   */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.last.set(key, mine);
    const over = (): void => {
      if (this.last.get(key) === mine) this.last.delete(key);
    };
    mine.then(over, over);
    return mine;
  }
}
