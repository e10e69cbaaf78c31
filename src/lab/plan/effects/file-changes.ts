import type { FileChange } from '../../../services/core/effect';
import type { FileTexts } from './in-force';

/** What differs between two sets of files, by path. */
export function fileChanges(before: FileTexts, after: FileTexts): readonly FileChange[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths
    .map((path) => ({ path, before: before[path], after: after[path] }))
    .filter((change) => change.before !== change.after);
}
