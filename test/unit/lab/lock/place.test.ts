import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { describeOwner, lives, parseOwner, thisProcess, waysToFree } from '../../../../src/lab/lock/owner';
import type { Owner } from '../../../../src/lab/lock/owner';
import { thisPlace, whereIs } from '../../../../src/lab/lock/place';
import type { Place, Whereabouts } from '../../../../src/lab/lock/place';

const HERE: Place = { host: 'box', platform: 'linux', boot: 'b1', pids: 'pid:[1]', machine: 'm1' };
const MINUTE = 60_000;

describe('where an owner is', () => {
  it.each<[string, Partial<Place>, Place, Whereabouts]>([
    ['the same place', HERE, HERE, 'here'],
    ['the same system under a new name', { ...HERE, host: 'renamed' }, HERE, 'here'],
    ['another machine', { ...HERE, host: 'other', boot: 'b2', machine: 'm2' }, HERE, 'elsewhere'],
    ['a container of the same name on the same kernel', { ...HERE, pids: 'pid:[2]' }, HERE, 'elsewhere'],
    ['Windows, seen from its own WSL', { host: 'box', platform: 'win32' }, HERE, 'elsewhere'],
    ['WSL, seen from its own Windows', HERE, { host: 'box', platform: 'win32' }, 'elsewhere'],
    ['this machine before it was restarted', { ...HERE, boot: 'b0' }, HERE, 'restarted'],
    ['another machine of the same name', { ...HERE, boot: 'b2', machine: 'm2' }, HERE, 'elsewhere'],
    ['the same, when it has no id', { ...HERE, boot: 'b2', machine: undefined }, HERE, 'elsewhere'],
    ['a container of the same image', { ...HERE, boot: 'b2', pids: 'pid:[2]' }, HERE, 'elsewhere'],
    ['an older version here', { host: 'box' }, HERE, 'here'],
    ['an older version elsewhere', { host: 'other' }, HERE, 'elsewhere'],
    ['a still older version', {}, HERE, 'here'],
    [
      'macOS, which tells little',
      { host: 'mac', platform: 'darwin' },
      { host: 'mac', platform: 'darwin' },
      'here',
    ],
  ])('%s', (_name, place, here, expected) => {
    expect(whereIs(place, here)).toBe(expected);
  });

  it('is told by the owner itself, without its confidential id', async () => {
    const [owner, place] = [await thisProcess('deploy'), await thisPlace()];
    expect(owner).toMatchObject({ ...place, host: hostname(), platform: process.platform });
    expect(whereIs(owner, await thisPlace())).toBe('here');
    expect(place.machine ?? '0123456789abcdef').toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('whether an owner lives', () => {
  const now = Date.now();
  /** This process runs, so that only the place decides. */
  const owner = (more: Partial<Owner>): Owner => ({
    pid: process.pid,
    purpose: 'deploy',
    since: now,
    token: 'other',
    ...HERE,
    ...more,
  });
  const elsewhere = { pids: 'pid:[2]' };

  it.each<[string, Owner, boolean]>([
    ['here, and running', owner({}), true],
    ['here, and running for long', owner({ since: now - 300 * MINUTE }), true],
    ['here, and gone', owner({ pid: 2 ** 22 + 1, seen: now }), false],
    ['before a restart, whoever has its number now', owner({ boot: 'b0', seen: now }), false],
    ['elsewhere, though its number is free here', owner({ ...elsewhere, pid: 2 ** 22 + 1, seen: now }), true],
    [
      'elsewhere for hours, and seen now',
      owner({ ...elsewhere, since: now - 300 * MINUTE, seen: now - 9 * MINUTE }),
      true,
    ],
    ['elsewhere and silent', owner({ ...elsewhere, seen: now - 11 * MINUTE }), false],
    ['elsewhere, an older version', owner({ ...elsewhere, since: now - 29 * MINUTE }), true],
    ['elsewhere, an older version, long ago', owner({ ...elsewhere, since: now - 31 * MINUTE }), false],
  ])('%s', async (_name, one, expected) => {
    expect(await lives(one, HERE)).toBe(expected);
  });
});

describe('what is said of an owner', () => {
  const since = Date.UTC(2026, 0, 2, 3, 0);
  const base = { pid: 12, purpose: 'deploy', since, token: 't' };

  it.each<[string, Owner, string, string]>([
    [
      'here',
      { ...base, ...HERE },
      'process 12 has been working on it (deploy) since 2026-01-02T03:00:00.000Z',
      'Wait until it is done, or end that process; its lock is then taken over at once.',
    ],
    [
      'on another machine',
      { ...base, host: 'other', seen: since + 60 * MINUTE },
      'process 12 on other has been working on it (deploy) since 2026-01-02T03:00:00.000Z',
      'Wait until it is done, or end that process where it runs. Its lock is taken over after 2026-01-02T04:10:00.000Z, unless it shows again that it lives.',
    ],
    [
      'in a container of the same name, of an older version',
      { ...base, ...HERE, pids: 'pid:[2]' },
      'process 12 of another system on box has been working on it (deploy) since 2026-01-02T03:00:00.000Z',
      'Wait until it is done, or end that process where it runs. Its lock is taken over after 2026-01-02T03:30:00.000Z.',
    ],
  ])('%s', (_name, owner, description, remedy) => {
    expect(describeOwner(owner, HERE).toString()).toBe(description);
    expect(waysToFree(owner, HERE).toString()).toBe(remedy);
  });

  it.each<[string, object, boolean]>([
    ['an owner of version 0.1', { ...base, host: 'box', started: '1@b1' }, true],
    ['a still older one', base, true],
    ['a whole one', { ...base, ...HERE, seen: since }, true],
    ['a place that is no text', { ...base, host: 7 }, false],
    ['a sign of life that is no time', { ...base, seen: 'now' }, false],
  ])('is read from %s: %j', (_name, written, readable) => {
    expect(parseOwner(JSON.stringify(written))).toEqual(readable ? written : undefined);
  });
});
