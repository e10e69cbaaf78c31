import type { Target } from '../../languages/core/language/language';
import type { IncludedFiles } from '../../languages/gitlab-rb/evaluate/included-files';
import type { FileKind } from '../../languages/file-types';
import type { Noted } from './files-beside';

/** Gives the files that a gitlab.rb reads with `from_file`; undefined when it names none. */
export type ReadIncluded = (uri: string, text: string, noted: Noted) => Promise<IncludedFiles | undefined>;

/** Which gitlab.rb reads which other files. Addresses are in normal form. */
export class IncludedReads {
  private readonly read = new Map<string, ReadonlySet<string>>();

  constructor(private readonly ask: ReadIncluded | undefined) {}

  /** What other files say of one. */
  async of(uri: string, kind: FileKind, text: string): Promise<Pick<Target, 'included'>> {
    const read = new Set<string>();
    const included =
      kind === 'gitlab-rb' ? await this.ask?.(uri, text, (address) => read.add(address)) : undefined;
    if (included === undefined) this.read.delete(uri);
    else this.read.set(uri, read);
    return included === undefined ? {} : { included };
  }

  /** The files for which one was read, or looked for in vain. */
  readersOf(uri: string): readonly string[] {
    return [...this.read].flatMap(([reader, read]) => (read.has(uri) ? [reader] : []));
  }

  clear(): void {
    this.read.clear();
  }
}
