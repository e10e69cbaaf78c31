import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver-types';

/**
 * Folds comments that stand alone on lines that follow each other.
 * @param lines numbers of the lines with nothing but a comment, in ascending order
 */
export function commentFolds(lines: Iterable<number>): FoldingRange[] {
  const folds: FoldingRange[] = [];
  let first = 0;
  let last = -1;
  const close = (): void => {
    if (last > first) folds.push({ startLine: first, endLine: last, kind: FoldingRangeKind.Comment });
  };
  for (const line of lines) {
    if (line !== last + 1) {
      close();
      first = line;
    }
    last = line;
  }
  close();
  return folds;
}
