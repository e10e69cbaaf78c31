import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../../../src/lab/plan/lab-secrets';
import { SECRETS } from './sample-workspace';

describe('the secrets of a lab', () => {
  it('are taken out of texts, however often they stand there', () => {
    expect(redactSecrets('requirepass redis-secret; redis-secret! vrrp8888', SECRETS)).toBe(
      'requirepass ***; ***! ***',
    );
  });

  it.each([
    ['in a longer word', 'xhunter22x', 'x***x'],
    ['as JSON writes it', '{"a":"quote\\"inside"}', '{"a":"***"}'],
    ['also where another one is a part of it', 'hunter22-hunter22', '***'],
    ['a short one by itself', 'pin abcd, abcde, "abcd"', 'pin ***, abcde, "***"'],
    ['with signs of patterns', 'a+b(c)* and aab(c)', '*** and aab(c)'],
  ])('of the user: %s', (_name, text, expected) => {
    const values = ['hunter22', 'hunter22-hunter22', 'quote"inside', 'abcd', 'a+b(c)*'];
    expect(redactSecrets(text, SECRETS, values)).toBe(expected);
  });
});
