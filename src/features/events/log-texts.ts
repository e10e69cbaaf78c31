/** Documents kept: more are hardly open at once. */
const KEPT = 20;

/** The texts of the documents that show what logs say, by their paths; those kept longest go first. */
export class LogTexts {
  private readonly texts = new Map<string, string>();

  /** @param changed told the path of a document that has another text than before, for who shows it already */
  constructor(private readonly changed: (path: string) => void) {}

  /** Undefined for what is not kept, or no longer. */
  get(path: string): string | undefined {
    return this.texts.get(path);
  }

  keep(path: string, text: string): void {
    const before = this.texts.get(path);
    this.texts.delete(path);
    this.texts.set(path, text);
    for (const oldest of [...this.texts.keys()].slice(0, -KEPT)) this.texts.delete(oldest);
    if (before !== text) this.changed(path);
  }
}

/** Where a document is: the lab is part of it, since nodes of several labs have the same names. */
export function logPath(lab: string, name: string): string {
  return `/${lab}/${name}.log`;
}
