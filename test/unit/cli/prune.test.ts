import { describe, expect, test } from 'vitest';
import { run, world } from './cli';

const OLD = ['gitlab-ha-lab/node:aaa', 'gitlab-ha-lab/node:bbb'];

describe('gitlab-ha prune', () => {
  test.each([
    ['what was removed', [], OLD, 'wet', '2 images removed, 1.5 GiB freed.'],
    ['what would be', ['--dry-run'], OLD, 'dry', '2 images would be removed.'],
    ['that there is nothing', [], [], 'wet', 'There is no image that no lab uses.'],
  ])('tells %s', async (_, options, removed, how, said) => {
    const { world: fake, labs } = world();
    labs.pruned = { removed, freedBytes: 1.5 * 1024 ** 3 };
    expect(await run(fake, 'prune', ...options)).toBe(0);
    expect(labs.calls).toEqual([`prune ${how}`]);
    expect([fake.out, fake.err]).toEqual([removed.map((one) => `${one}\n`).join(''), `${said}\n`]);
  });
});
