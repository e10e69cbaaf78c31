import { expect, test } from 'vitest';
import type Docker from 'dockerode';
import { changedAt, lastFilledAt } from '../../../../src/lab/docker/snapshot/filled-at';

const header = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

test.each([
  [
    'what Docker says',
    header({ name: 'applied.json', size: 3, mode: 384, mtime: '2026-11-28T20:00:01Z' }),
    Date.UTC(2026, 10, 28, 20, 0, 1),
  ],
  ['no header', undefined, undefined],
  ['no time', header({ name: 'x' }), undefined],
  ['a time that is none', header({ mtime: 'soon' }), undefined],
  ['no JSON', 'bm9uc2Vuc2U=', undefined],
])('the time of a file: %s', (_what, given, expected) => {
  expect(changedAt(given)).toBe(expected);
});

test('the newest container counts; those that are gone or on their way say nothing', async () => {
  const answers: Record<string, () => object> = {
    a: () => ({ headers: { 'x-docker-container-path-stat': header({ mtime: '2026-11-28T20:00:00Z' }) } }),
    b: () => ({ headers: { 'x-docker-container-path-stat': header({ mtime: '2026-11-28T20:05:00Z' }) } }),
    gone: () => {
      throw Object.assign(new Error('no such container'), { statusCode: 404 });
    },
  };
  const docker = {
    getContainer: (id: string) => ({
      infoArchive: async () => ({ resume: () => undefined, ...answers[id]?.() }),
    }),
  } as unknown as Docker;
  expect(await lastFilledAt(docker, ['a', 'gone', 'b'])).toBe(Date.UTC(2026, 10, 28, 20, 5));
  expect(await lastFilledAt(docker, ['gone'])).toBeUndefined();
});
