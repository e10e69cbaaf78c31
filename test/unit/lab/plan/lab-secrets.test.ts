import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../../../src/lab/plan/lab-secrets';
import { SECRETS } from './sample-workspace';

describe('the secrets of a lab', () => {
  it('are taken out of texts, however often they stand there', () => {
    expect(redactSecrets('requirepass redis-secret; redis-secret! vrrp8888', SECRETS)).toBe(
      'requirepass ***; ***! ***',
    );
  });
});
