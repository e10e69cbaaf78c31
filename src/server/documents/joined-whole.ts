import type { Finding } from '../../finding/finding';
import { append } from '../../languages/core/data/append';
import type { JoinedText, PartFile } from '../../languages/core/joined/joined-text';
import type { Severities, Target } from '../../languages/core/language/language';
import type { FileView } from './file-view';

/** A configuration that is written in several files, read once for all of them. */
export class JoinedWhole {
  private found:
    { readonly key: string; readonly byFile: ReadonlyMap<number, readonly Finding[]> } | undefined;

  /** @param view answers for the joined text, at its places */
  constructor(
    readonly joined: JoinedText,
    readonly view: FileView,
  ) {}

  /** What is found in one of the files, at places of the whole. The whole is checked once for all of them. */
  findingsIn(file: number, severities: Severities): readonly Finding[] {
    const key = JSON.stringify(severities);
    if (this.found?.key !== key) {
      const byFile = new Map<number, Finding[]>();
      for (const finding of this.view.findings(severities))
        append(byFile, this.joined.fileOf(finding.range.start.line), finding);
      this.found = { key, byFile };
    }
    return this.found.byFile.get(file) ?? [];
  }
}

/** Gives the same whole for each of its files, as long as no text and no version is another one. */
export class LastWhole {
  private last:
    { readonly files: readonly PartFile[]; readonly target: Target; readonly whole: JoinedWhole } | undefined;

  /** @param make reads a whole that is not the last one again */
  of(files: readonly PartFile[], target: Target, make: () => JoinedWhole): JoinedWhole {
    const { last } = this;
    if (last !== undefined && sameFiles(last.files, files) && sameVersions(last.target, target))
      return last.whole;
    const whole = make();
    this.last = { files, target, whole };
    return whole;
  }
}

function sameFiles(some: readonly PartFile[], others: readonly PartFile[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ id, path, text }, at) => {
      const other = others[at];
      return other?.id === id && other.path === path && other.text === text;
    })
  );
}

function sameVersions(some: Target, other: Target): boolean {
  return (
    some.gitlabVersion === other.gitlabVersion &&
    some.haproxyVersion === other.haproxyVersion &&
    some.asked === other.asked
  );
}
