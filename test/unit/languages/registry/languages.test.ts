import { describe, expect, it } from 'vitest';
import { fileLanguage } from '../../../../src/languages/file-types';
import { LANGUAGE_IDS, loadLanguage } from '../../../../src/languages/registry/languages';
import { loadParser } from '../../../../tools/fuzz/parser';
import { rulePages } from '../../../../tools/rules/pages';

const languages = await Promise.all(LANGUAGE_IDS.map((id) => loadLanguage(id, loadParser)));
const rows = languages.map((language, at) => [LANGUAGE_IDS[at] ?? '', language] as const);

describe('the registry of languages', () => {
  it('has those that are told apart by name', () => {
    expect(LANGUAGE_IDS).toEqual(['gitlab-rb', 'haproxy', 'keepalived', 'cluster']);
  });

  it.each(rows)('%s: the language loaded is the one asked for', (id, language) => {
    expect(language.id).toBe(id);
  });

  it.each(rows)('%s: a file of its usual name is taken for it', (id, { fileName }) => {
    expect(fileLanguage(fileName)).toBe(id);
  });

  it.each(rows)('%s: what its rules find begins with its letters, and has pages', (_, language) => {
    const target = { path: language.fileName };
    const [bad] = rulePages(language.letters, language.fence).map((page) => page.bad);
    const codes = language.lint(language.read(bad?.text ?? '', target), target).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(code.slice(0, 3)).toBe(language.letters);
  });

  it('has no two languages with the same letters, file name or title', () => {
    for (const of of [
      languages.map(({ letters }) => letters),
      languages.map(({ fileName }) => fileName),
      languages.map(({ title }) => title),
    ]) {
      expect(new Set(of).size).toBe(of.length);
    }
  });

  it('gives a language without a Ruby parser when it needs none', async () => {
    const none = () => Promise.reject(new Error('no parser'));
    expect((await loadLanguage('haproxy', none)).id).toBe('haproxy');
    await expect(loadLanguage('gitlab-rb', none)).rejects.toThrow('no parser');
  });
});
