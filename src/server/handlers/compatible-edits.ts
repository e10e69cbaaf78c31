import type { TextEdit } from 'vscode-languageserver-types';
import type { Finding } from '../../finding/finding';
import { comparePositions } from '../documents/places';
import { partitionPoint } from '../../languages/core/data/partition-point';

/** Edits of all fixes that do not stand in each other's way, in the order of the file; of two that do, the first one. */
export function compatibleEdits(findings: readonly Finding[]): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { fix } of findings) {
    if (fix === undefined || fix.edits.some((edit) => collides(taken, edit))) continue;
    for (const edit of fix.edits) taken.splice(placeOf(taken, edit), 0, edit);
  }
  return taken;
}

/** Where an edit belongs among edits in the order of the file: behind those that start where it does. */
function placeOf(taken: readonly TextEdit[], { range }: TextEdit): number {
  return partitionPoint(taken, (other) => comparePositions(other.range.start, range.start) <= 0);
}

/**
 * Whether an edit overlaps one that is taken: as those do not overlap each other, its neighbours tell. Edits that start
 * at the same place collide too: which comes first, nobody knows.
 */
function collides(taken: readonly TextEdit[], edit: TextEdit): boolean {
  const { start, end } = edit.range;
  const at = placeOf(taken, edit);
  const before = taken[at - 1]?.range;
  const after = taken[at]?.range;
  return (
    (before !== undefined &&
      (comparePositions(before.start, start) === 0 || comparePositions(before.end, start) > 0)) ||
    (after !== undefined && comparePositions(after.start, end) < 0)
  );
}
