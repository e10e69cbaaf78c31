import type { Section } from '../syntax/document';
import type { Word } from '../syntax/word';

/** So many are kept of each kind of section; of those that come later, each is checked. */
const MOST_KEPT = 2_000;
/** Longer ones hardly come again. */
const LONGEST = 300;

/**
 * Words whose check told nothing and asked for nothing around them: where they are written the same in a section of the same
 * kind it would tell nothing, either. Most lines of a long configuration are like others of it.
 */
export class SilentStatements {
  private readonly byKind = new Map<string, SilentWords>();

  constructor(private readonly text: string) {}

  /** Those in sections of a kind. */
  in({ kind }: Section): SilentWords {
    const known = this.byKind.get(kind) ?? new SilentWords(this.text);
    this.byKind.set(kind, known);
    return known;
  }
}

/** Those of one kind of section. */
export class SilentWords {
  private readonly known = new Set<string>();

  constructor(private readonly text: string) {}

  /**
   * What tells words apart.
   * @param place where in a statement they stand, for what is no whole statement
   * @returns undefined for words that are always to be checked
   */
  keyOf(words: readonly Word[], place?: string): string | undefined {
    const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0];
    if (end - start > LONGEST) return undefined;
    const written = this.text.slice(start, end);
    return place === undefined ? written : `${place}\n${written}`;
  }

  has(key: string): boolean {
    return this.known.has(key);
  }

  keep(key: string): void {
    if (this.known.size < MOST_KEPT) this.known.add(key);
  }
}
