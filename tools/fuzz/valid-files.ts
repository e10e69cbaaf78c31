/** The valid and the purposely wrong files of the project, by language: what mutations start from. */
import { readdirSync, readFileSync } from 'node:fs';
import type { SnippetLanguage } from '../../src/languages/core/snippets/snippets';
import { SNIPPETS, snippetFile } from '../../src/languages/core/snippets/snippets';
import { rulePages } from '../rules/pages';

const SAMPLE = new URL('../../lab/sample/', import.meta.url);

const PAGES = {
  'gitlab-rb': ['GLR', 'ruby'],
  haproxy: ['HAP', 'haproxy'],
  keepalived: ['KAD', 'keepalived'],
} as const;

const NAMES = { 'gitlab-rb': 'gitlab.rb', haproxy: 'haproxy.cfg', keepalived: 'keepalived.conf' } as const;

/** Name a file of the language usually has. */
export function usualName(language: SnippetLanguage): string {
  return NAMES[language];
}

/** The files of the sample workspace. */
export function sampleFiles(language: SnippetLanguage): readonly string[] {
  return readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(NAMES[language]))
    .sort()
    .map((name) => readFileSync(new URL(name, SAMPLE), 'utf8'));
}

/** A longer example shows a limit; its copies would only make a run slow. */
const LONGEST_EXAMPLE = 100_000;

/** The bad and the good example of each rule's page. */
export function exampleFiles(language: SnippetLanguage): readonly string[] {
  const [prefix, fence] = PAGES[language];
  return rulePages(prefix, fence).flatMap(({ bad, good }) =>
    [bad.text, good.text].filter(({ length }) => length < LONGEST_EXAMPLE),
  );
}

/** Sample workspace, snippets with their defaults, and the rules' examples; the shortest first. */
export function startingFiles(language: SnippetLanguage): readonly string[] {
  const snippets = SNIPPETS[language].map(snippetFile);
  const all = [...sampleFiles(language), ...snippets, ...exampleFiles(language)];
  return [...new Set(all)].sort((a, b) => a.length - b.length);
}
