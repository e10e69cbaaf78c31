import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { HAPROXY_LANGUAGE } from '../../../../src/languages/haproxy/language';
import { lintHaproxy } from '../../../../src/languages/haproxy/lint';
import { HAPROXY_VERSIONS, type HaproxyVersion } from '../../../../src/languages/haproxy/schema/version';
import { readHaproxy, subjectOf } from '../../../../src/languages/haproxy/subject';
import { parseHaproxy } from '../../../../src/languages/haproxy/syntax/document';
import { LongText } from '../../../../src/languages/haproxy/syntax/long-text';
import { exampleFiles } from '../../../../tools/fuzz/valid-files';
import { haproxyCfgOf } from '../../../bench/languages/haproxy-file';

interface ReadLines {
  readonly lines: readonly unknown[];
}

const files = exampleFiles(HAPROXY_LANGUAGE);

/** What is found when the text is held as a whole, and when each section is a part of its own. */
function bothWays(text: string, version: HaproxyVersion) {
  const [whole, parts] = [Infinity, 0].map((long) => {
    const subject = subjectOf(parseHaproxy(text, version, undefined, { long, part: 1 }));
    return lintHaproxy(subject, 'haproxy.cfg');
  });
  return { whole, parts };
}

describe('a file that is held in parts', () => {
  it.each(HAPROXY_VERSIONS)('has the findings it has as a whole: every example, HAProxy %s', (version) => {
    for (const text of files) {
      const { whole, parts } = bothWays(text, version);
      expect(parts, text).toEqual(whole);
    }
  });

  it('has them when several files follow one another in it, with several global and defaults sections', () => {
    const file = fc.constantFrom(...files);
    fc.assert(
      fc.property(fc.array(file, { minLength: 2, maxLength: 5 }), (several) => {
        const { whole, parts } = bothWays(several.join('\n'), '3.0');
        expect(parts).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('answers about the file as a whole, whether or not it was checked', () => {
    const text = haproxyCfgOf(200);
    const whole = readHaproxy(text, '3.0');
    const parts = subjectOf(parseHaproxy(text, '3.0', undefined, { long: 0, part: 1 }));
    expect(parts.checked.references.map(({ name }) => name)).toEqual(
      whole.checked.references.map(({ name }) => name),
    );
    expect(parts.proxies.map(({ name, servers }) => [name, servers.length])).toEqual(
      whole.proxies.map(({ name, servers }) => [name, servers.length]),
    );
    expect(parts.document.lines).toEqual(whole.document.lines);
    expect(parts.document.sections.map(({ statements }) => statements)).toEqual(
      whole.document.sections.map(({ statements }) => statements),
    );
  });
});

describe('the work of a check', () => {
  it('splits hardly a line of a long file twice, whatever the number of rules and of findings with a repair', () => {
    const lines = 20_000;
    const text = haproxyCfgOf(lines);
    const reads = vi.spyOn(LongText.prototype as unknown as { readAnew(): ReadLines }, 'readAnew');
    const findings = lintHaproxy(readHaproxy(text, '3.0'), 'haproxy.cfg');
    expect(findings.filter(({ fix }) => fix !== undefined).length).toBeGreaterThan(lines / 20);
    const total = reads.mock.results.reduce((sum, { value }) => sum + (value as ReadLines).lines.length, 0);
    reads.mockRestore();
    expect(total).toBeGreaterThan(lines);
    expect(total).toBeLessThan(1.2 * lines);
  });
});
