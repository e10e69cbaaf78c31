import type { Finding } from '../../finding/finding';

/** Rules between files, and the rule of the file itself that tells the same at the same place, and more of it. */
const TOLD_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ['LAB002', ['GLR239', 'GLR240']],
  ['LAB030', ['GLR036']],
]);

const begins = ({ range: { start } }: Finding): string => `${start.line}:${start.character}`;
const inItsFile = (finding: Finding): string => `${finding.file}:${begins(finding)}`;

/**
 * Findings between files without those that a file's own findings tell already.
 * @param own findings of the files, by the same paths
 */
export function toldOnce(between: readonly Finding[], own: readonly Finding[]): readonly Finding[] {
  return without(between, own, inItsFile);
}

/** The same where all are of one file, whatever its path is called. */
export function toldOnceInFile(between: readonly Finding[], own: readonly Finding[]): readonly Finding[] {
  return without(between, own, begins);
}

function without(
  between: readonly Finding[],
  own: readonly Finding[],
  placeOf: (finding: Finding) => string,
): readonly Finding[] {
  const told = new Set(own.map((finding) => `${finding.code} ${placeOf(finding)}`));
  return between.filter(
    (finding) => TOLD_BY.get(finding.code)?.some((code) => told.has(`${code} ${placeOf(finding)}`)) !== true,
  );
}
