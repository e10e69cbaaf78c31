import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateSecrets, redactSecrets } from '../../../../src/lab/plan/lab-secrets';
import { SECRETS } from './sample-workspace';

describe('the secrets of a lab', () => {
  it('are all different, and different each time', () => {
    const one = Object.values<string>({ ...generateSecrets(randomBytes) });
    const other = Object.values<string>({ ...generateSecrets(randomBytes) });
    expect(new Set([...one, ...other]).size).toBe(18);
  });

  it('have the forms their users need', () => {
    const secrets = generateSecrets(randomBytes);
    expect(secrets.redis).toMatch(/^[0-9a-f]{48}$/);
    expect(secrets.vrrp).toMatch(/^[0-9a-f]{8}$/);
    expect(Buffer.from(secrets.consulGossip, 'base64')).toHaveLength(32);
  });

  it('are taken out of texts, however often they stand there', () => {
    expect(redactSecrets('requirepass redis-secret; redis-secret! vrrp8888', SECRETS)).toBe(
      'requirepass ***; ***! ***',
    );
  });
});
