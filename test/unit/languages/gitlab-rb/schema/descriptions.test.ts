import { describe, expect, it } from 'vitest';
import { CALLED_ROOTS, HASH_ROOTS, ROLES } from '../../../../../src/languages/gitlab-rb/schema/roots';
import { GITLAB_SCHEMA as schema } from '../../../../../src/languages/gitlab-rb/schema';
import extra from '../../../../../src/languages/gitlab-rb/schema/data/extra.json';
import keys from '../../../../../src/languages/gitlab-rb/schema/data/keys.json';
import values from '../../../../../src/languages/gitlab-rb/schema/data/values.json';
import { ROOT_TEXTS } from '../../../../../src/languages/gitlab-rb/schema/descriptions';

/** Every key that a row of a table names. */
const NAMED = new Set([
  ...Object.entries(keys.roots).flatMap(([root, rows]) =>
    rows.map((row) => `${root}/${row.split('\t')[0] ?? ''}`),
  ),
  ...extra.keys.flatMap(({ below, keys: rows }) =>
    below.flatMap((place) => rows.map((row) => `${place}/${row.split('\t')[0] ?? ''}`)),
  ),
]);
const isNamed = (id: string): boolean => [...NAMED].some((name) => name === id || name.startsWith(`${id}/`));
const DESCRIBED = [...ROOT_TEXTS].flatMap(([root, { keys: texts }]) =>
  Object.entries(texts).map(([path, text]) => ({ id: `${root}/${path}`, text })),
);

describe('what is said of the keys of gitlab.rb', () => {
  it('describes at least 300 keys', () => {
    expect(DESCRIBED.length).toBeGreaterThanOrEqual(300);
  });

  it('describes only keys that exist', () => {
    expect(DESCRIBED.map(({ id }) => id).filter((id) => !isNamed(id))).toEqual([]);
  });

  it('is made of sentences', () => {
    for (const { id, text } of DESCRIBED) {
      expect(text, id).toMatch(/^[A-Z0-9`].*[.]$/s);
      expect(text.length, id).toBeLessThan(400);
    }
  });

  it('names the values it lists only for keys that exist', () => {
    const ids = [...Object.keys(values.values), ...Object.keys(values.suggestions)];
    expect(ids.filter((id) => !isNamed(id) && !isNamed(`${id}/`))).toEqual([]);
  });

  it('has a sentence and a page of GitLab for every root', () => {
    for (const root of [...HASH_ROOTS, ...CALLED_ROOTS, ...ROLES]) {
      expect(schema.rootDocs(root), root).toMatch(
        /^https:\/\/docs\.gitlab\.com\/[a-z0-9/_-]+\/(#[a-z0-9-]+)?$/,
      );
      expect(schema.rootDescription(root), root).toMatch(/\.$/);
    }
  });

  it('finds the page of a topic inside a root', () => {
    expect(schema.key('gitlab_rails', ['db_host'])?.docs).toContain('/omnibus/settings/database/');
    expect(schema.key('gitlab_rails', ['db_load_balancing', 'hosts'])?.docs).toContain('load_balancing');
    expect(schema.key('gitlab_rails', ['time_zone'])?.docs).toContain('/omnibus/settings/configuration/');
  });
});
