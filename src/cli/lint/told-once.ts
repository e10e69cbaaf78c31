import type { Finding } from '../../finding/finding';

/** Rules between files, and the rule of the file itself that tells the same at the same place, and more of it. */
const TOLD_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ['LAB002', ['GLR239', 'GLR240']],
  ['LAB030', ['GLR036']],
]);

const placeOf = ({ file, range }: Finding): string => `${file}:${range.start.line}:${range.start.character}`;

/**
 * Findings between files without those that a file's own findings tell already.
 * @param own findings of the files, by the same paths
 */
export function toldOnce(between: readonly Finding[], own: readonly Finding[]): readonly Finding[] {
  const told = new Set(own.map((finding) => `${finding.code} ${placeOf(finding)}`));
  return between.filter(
    (finding) => TOLD_BY.get(finding.code)?.some((code) => told.has(`${code} ${placeOf(finding)}`)) !== true,
  );
}
