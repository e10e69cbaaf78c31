import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/finding/finding';
import { snippetFile } from '../../../../src/languages/core/snippets/snippet-file';
import { LANGUAGE_IDS, loadLanguage, type LanguageId } from '../../../../src/languages/registry/languages';
import { loadParser } from '../../../../tools/fuzz/parser';
import { sampleFiles } from '../../../../tools/fuzz/valid-files';
import { GITLAB_RB_MISTAKES } from './gitlab-rb-mistakes';
import { HAPROXY_MISTAKES } from './haproxy-mistakes';
import { KEEPALIVED_MISTAKES } from './keepalived-mistakes';
import type { Mistake, Seeded } from './mistake';

const languages = new Map(
  await Promise.all(LANGUAGE_IDS.map(async (id) => [id, await loadLanguage(id, loadParser)] as const)),
);
/** Places tried per kind of mistake and file. */
const RUNS = 6;

interface ValidFile {
  readonly name: string;
  readonly language: LanguageId;
  readonly text: string;
}

const files: ValidFile[] = [...languages].flatMap(([id, language]) => [
  ...sampleFiles(language).map((text, at) => ({ name: `sample ${at + 1}`, language: id, text })),
  ...language.snippets.map((snippet) => ({
    name: snippet.prefix,
    language: id,
    text: snippetFile(snippet),
  })),
]);

function lint(id: LanguageId, text: string): readonly Finding[] {
  const language = languages.get(id);
  const target = { path: 'file', gitlabVersion: '19.3', haproxyVersion: '3.0' };
  return language?.lint(language.read(text, target), target) ?? [];
}

/** What became of one mistake. */
interface Outcome {
  readonly kind: string;
  readonly place: string;
  readonly found: boolean;
  readonly elsewhere: readonly string[];
}

function outcome(mistake: Mistake, file: ValidFile, seeded: Seeded): Outcome {
  const findings = lint(mistake.language, seeded.text);
  const at = (finding: Finding): number => finding.range.start.line;
  const elsewhere = findings.filter(
    (finding) => at(finding) !== seeded.line && !mistake.alsoSays?.some((id) => finding.code.startsWith(id)),
  );
  return {
    kind: mistake.kind,
    place: `${file.name}:${seeded.line + 1}: ${seeded.text.split('\n')[seeded.line]}`,
    found: findings.some((finding) => at(finding) === seeded.line),
    elsewhere: elsewhere.map((finding) => `${at(finding) + 1} ${finding.code} ${finding.message}`),
  };
}

/** Every kind of mistake at some places of every file that has room for it. */
function outcomes(mistakes: readonly Mistake[]): Outcome[] {
  const seen = new Map<string, Outcome>();
  for (const mistake of mistakes) {
    for (const file of files.filter(({ language }) => language === mistake.language)) {
      const choices = fc.sample(fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), {
        numRuns: RUNS,
        seed: 7,
      });
      for (const numbers of choices) {
        let next = 0;
        const seeded = mistake.seed(file.text, (bound) => (numbers[next++ % numbers.length] ?? 0) % bound);
        if (seeded === undefined || seeded.text === file.text) continue;
        const result = outcome(mistake, file, seeded);
        seen.set(`${result.kind}\n${result.place}`, result);
      }
    }
  }
  return [...seen.values()];
}

describe.each([
  ['gitlab.rb', GITLAB_RB_MISTAKES],
  ['HAProxy', HAPROXY_MISTAKES],
  ['Keepalived', KEEPALIVED_MISTAKES],
] as const)('mistakes put into valid files: %s', (_, mistakes) => {
  const all = outcomes(mistakes);

  it('every kind has room in some file', () => {
    const kinds = new Set(all.map(({ kind }) => kind));
    expect(mistakes.map(({ kind }) => kind).filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('95 of 100 are found at their line, without an unrelated finding', () => {
    const wrong = all.filter(({ found, elsewhere }) => !found || elsewhere.length > 0);
    const share = (all.length - wrong.length) / all.length;
    const said = wrong.map(
      ({ kind, place, found, elsewhere }) =>
        `${kind}: ${found ? '' : 'missed '}${place} ${elsewhere.join('; ')}`,
    );
    console.log(`${all.length} mistakes of ${mistakes.length} kinds, ${(100 * share).toFixed(1)} % found`);
    expect(share, said.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});
