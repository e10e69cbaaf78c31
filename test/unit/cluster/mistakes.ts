import { describe, expect, test } from 'vitest';
import { readClusterYaml } from '../../../src/cluster/cluster-yaml';
import type { Finding } from '../../../src/finding/finding';
import { place } from '../languages/places';
import { GOOD } from './sample';

/** One mistake in a good cluster.yaml, and the only finding it makes. */
export interface Mistake {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly code: string;
  /** What the finding stands at, the `nth` time it stands there. */
  readonly at: string;
  readonly nth?: number;
  readonly message: string;
  readonly remedy: string;
}

/** What is said; how it is mended is another test's matter. */
function withoutFix(finding: Finding): Finding {
  const { fix, ...said } = finding;
  return fix === undefined ? finding : said;
}

/** Each mistake is one finding with its place and a remedy. */
export function describeMistakes(where: string, mistakes: readonly Mistake[]): void {
  describe(`each mistake in ${where} is one finding with its place and a remedy`, () => {
    test.each(mistakes)('$what', ({ from, to, code, at, nth, message, remedy }) => {
      const text = GOOD.replace(from, to);
      expect(text).not.toBe(GOOD);
      const { findings } = readClusterYaml(text);
      const range = place(text, at, nth);
      const said = findings.map(withoutFix);
      expect(said).toEqual([{ code, severity: 'error', file: 'cluster.yaml', range, message, remedy }]);
    });
  });
}
