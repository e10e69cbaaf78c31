import type { Finding } from '../../finding/finding';
import type { LintFile } from './find-files';
import type { TextLinter } from './linter';

/** How one file is checked. */
export interface FileCheck {
  readonly lint: TextLinter;
  /** True when nothing that stands in another file is of weight. */
  readonly alone: boolean;
}

/** What is asked of each file. */
export interface Checking {
  /** How a file is checked beside the others as they are now. */
  of(file: LintFile): Promise<FileCheck>;
  /** Repairs a file where it is. @returns its new text; undefined when there is nothing to repair. Absent: nothing is. */
  readonly repair?: (file: LintFile, lint: TextLinter) => Promise<string | undefined>;
}

/** Files after a check. */
export interface CheckedFiles {
  /** With the texts they have now. */
  readonly files: readonly LintFile[];
  readonly findings: readonly Finding[];
}

/** A repair in one file can uncover something in another; more rounds than this would undo each other. */
const MOST_ROUNDS = 5;

/** Checks files, and repairs them if wanted: what is found is found in the texts that all of them have in the end. */
export async function checkFiles(files: readonly LintFile[], checking: Checking): Promise<CheckedFiles> {
  const checked = new Map(files.map((file) => [file.file, { file, findings: [] as readonly Finding[] }]));
  let round = files;
  for (let left = MOST_ROUNDS; round.length > 0; left -= 1) {
    const together: LintFile[] = [];
    let repaired = false;
    for (const file of round) {
      const { lint, alone } = await checking.of(file);
      const text = left > 0 ? await checking.repair?.(file, lint) : undefined;
      const now = text === undefined ? file : { ...file, text };
      checked.set(file.file, { file: now, findings: lint(now.text) });
      if (text !== undefined) repaired = true;
      if (!alone) together.push(now);
    }
    // Those looked at before the repair were judged by a text that is no longer there.
    round = repaired ? together : [];
  }
  const all = [...checked.values()];
  return { files: all.map(({ file }) => file), findings: all.flatMap(({ findings }) => findings) };
}
