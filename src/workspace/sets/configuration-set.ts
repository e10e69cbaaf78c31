import type { PartFile } from '../../languages/core/joined/joined-text';

/** A configuration written in several files, seen from one of them. */
export interface ConfigurationSet {
  /** In the order in which the program is given them. */
  readonly files: readonly PartFile[];
  /** Which of them it is seen from. */
  readonly at: number;
}

/** True when both are of the same files with the same texts. */
export function sameSet(a: ConfigurationSet | undefined, b: ConfigurationSet | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.at === b.at &&
    a.files.length === b.files.length &&
    a.files.every((file, at) => {
      const other = b.files[at];
      // Of the file itself the text is compared by its version.
      return file.id === other?.id && file.path === other.path && (at === a.at || file.text === other.text);
    })
  );
}
