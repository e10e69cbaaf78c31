/** The valid and the purposely wrong files of the project, by language: what mutations start from. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Language } from '../../src/languages/core/language/language';
import { snippetFile } from '../../src/languages/core/snippets/snippet-file';
import { rulePages } from '../rules/pages';

const SAMPLE = new URL('../../lab/sample/', import.meta.url);

/** The files of the sample workspace. */
export function sampleFiles({ fileName }: Pick<Language<unknown>, 'fileName'>): readonly string[] {
  return readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(fileName))
    .sort()
    .map((name) => readFileSync(new URL(name, SAMPLE), 'utf8'));
}

/** A longer example shows a limit; its copies would only make a run slow. */
const LONGEST_EXAMPLE = 100_000;

/** The bad and the good example of each rule's page. */
export function exampleFiles({
  letters,
  fence,
}: Pick<Language<unknown>, 'letters' | 'fence'>): readonly string[] {
  return rulePages(letters, fence).flatMap(({ bad, good }) =>
    [bad.text, good.text].filter(({ length }) => length < LONGEST_EXAMPLE),
  );
}

/** Sample workspace, snippets with their defaults, and the rules' examples; the shortest first. */
export function startingFiles(language: Language<unknown>): readonly string[] {
  const snippets = language.snippets.map(snippetFile);
  const all = [...sampleFiles(language), ...snippets, ...exampleFiles(language)];
  return [...new Set(all)].sort((a, b) => a.length - b.length);
}
