import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { completeSecrets, isComplete, knownSecrets } from '../../../src/services/secrets';

describe('the secrets of a lab', () => {
  const fresh = completeSecrets({}, randomBytes);

  it('are all different, and different each time', () => {
    const one = Object.values<string>({ ...fresh });
    const other = Object.values<string>({ ...completeSecrets({}, randomBytes) });
    expect(one.length).toBeGreaterThanOrEqual(9);
    expect(new Set([...one, ...other]).size).toBe(2 * one.length);
  });

  it('have the forms their users need', () => {
    expect(fresh.redis).toMatch(/^[0-9a-f]{48}$/);
    expect(fresh.vrrp).toMatch(/^[0-9a-f]{8}$/);
    expect(Buffer.from(fresh.consulGossip, 'base64')).toHaveLength(32);
  });

  it('of an older version are kept, and only what it lacks is made', () => {
    const { consulGossip, patroniRest, ...older } = fresh;
    const completed = completeSecrets(older, randomBytes);
    expect(completed).toEqual({
      ...older,
      consulGossip: expect.stringMatching(/^[\w+/]{43}=$/) as string,
      patroniRest: expect.stringMatching(/^[0-9a-f]{48}$/) as string,
    });
    expect([completed.consulGossip, completed.patroniRest]).not.toContain(consulGossip);
    expect(completed.patroniRest).not.toBe(patroniRest);
    expect(isComplete(older)).toBe(false);
    expect(isComplete(completed)).toBe(true);
  });

  it.each([
    ['a number', { redis: 1 }],
    ['nothing', { redis: '' }],
    ['missing', {}],
    ['of another version', { oldToken: 'a' }],
  ])('do not count when one is %s', (_name, record) => {
    expect(knownSecrets(record)).toEqual({});
  });
});
