/** Something to end; vscode.Disposable and our own subscriptions alike. */
export interface Disposable {
  dispose(): unknown;
}

/** Ends several things in reverse order; what is added after the end is ended at once. */
export class Disposables implements Disposable {
  private readonly items = new Set<Disposable>();
  private ended = false;

  add<T extends Disposable>(item: T): T {
    if (this.ended) item.dispose();
    else this.items.add(item);
    return item;
  }

  dispose(): void {
    this.ended = true;
    for (const item of [...this.items].reverse()) item.dispose();
    this.items.clear();
  }
}
