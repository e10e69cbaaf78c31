import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSecrets, renderSecrets } from '../../../../src/lab/render/gitlab-secrets';
import type { LabSecrets } from '../../../../src/services/secrets';
import { SECRETS } from './sample-context';

describe('gitlab-secrets.json', () => {
  it('gives back what was written', () => {
    const text = fc.string({ minLength: 1 });
    const names = Object.keys(SECRETS) as (keyof LabSecrets)[];
    const secrets = fc
      .tuple(...names.map(() => text))
      .map((values) => Object.fromEntries(names.map((name, index) => [name, values[index]])) as LabSecrets);
    fc.assert(
      fc.property(secrets, (given) => {
        expect(parseSecrets(String(renderSecrets(given).content))).toEqual(given);
      }),
    );
  });

  it.each([
    ['no JSON', '{'],
    ['another file', '{"gitlab_rails": {}}'],
    ['a list', '[]'],
    ['null', 'null'],
  ])('has no secret in it when it is %s', (_name, text) => {
    expect(parseSecrets(text)).toEqual({});
  });

  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is no text', 1],
  ])('gives the other secrets back when one %s', (_name, redis) => {
    const others = Object.fromEntries(Object.entries(SECRETS).filter(([name]) => name !== 'redis'));
    expect(parseSecrets(JSON.stringify({ lab: { ...SECRETS, redis } }))).toEqual(others);
  });
});
