import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readAddedRecipe,
  readRecipe,
  readServiceRecipe,
  recipeHash,
  servicesWithImage,
} from '../../../../../src/lab/docker/image/image-recipe';

let lab = '';

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(lab, path)), { recursive: true });
  await writeFile(join(lab, path), content);
}

const read = () => readRecipe(join(lab, 'image'));

beforeEach(async () => {
  lab = await mkdtemp(join(tmpdir(), 'image-recipe-'));
  await put('image/Dockerfile', 'FROM scratch\n');
  await put('image/.dockerignore', '.dockerignore\n');
  await put('image/rootfs/etc/motd', 'hello\n');
});

afterEach(() => rm(lab, { recursive: true, force: true }));

describe('the recipe of the image', () => {
  it('is the image’s folder alone where no service adds to it', async () => {
    expect((await read()).map(({ path }) => path)).toEqual(['Dockerfile', 'rootfs/etc/motd']);
  });

  it('puts together what services bring', async () => {
    await put('services/redis/packages', 'redis-server\n');
    await put('services/redis/accounts', 'gitlab-redis 997 /var/opt/gitlab/redis\n');
    await put('services/redis/directories', '/var/opt/gitlab/redis gitlab-redis 750\n');
    await put('services/redis/rootfs/opt/gitlab/sv/redis/run', '#!/bin/bash\nexec redis-server\n');
    await put('services/consul/install', '#!/bin/sh\n');
    expect((await read()).map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toEqual([
      'Dockerfile 644',
      'install/consul/install 755',
      'install/redis/accounts 644',
      'install/redis/packages 644',
      'rootfs/etc/motd 644',
      'rootfs/opt/gitlab/sv/redis/run 755',
      'services/redis/directories 644',
    ]);
  });

  it('leaves an image of a service’s own alone, which is a recipe by itself', async () => {
    const before = recipeHash(await read());
    await put('services/store/image/Dockerfile', 'FROM scratch\n');
    await put('services/store/image/rootfs/opt/run', '#!/bin/sh\n');
    expect(recipeHash(await read())).toBe(before);
    const own = await readServiceRecipe(join(lab, 'image'), 'store');
    expect(own.map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toEqual([
      'Dockerfile 644',
      'rootfs/opt/run 755',
    ]);
    await expect(readServiceRecipe(join(lab, 'image'), 'other')).rejects.toThrow('ENOENT');
  });

  it('has what is added for some labs by itself, built upon it with the same steps', async () => {
    await put('image/Dockerfile.added', 'ARG BASE\nFROM ${BASE}\n# programs\nCOPY rootfs/ /\n');
    await put('image/build/packages', '#!/bin/sh\n');
    await put('services/redis/packages', 'redis-server\n');
    const before = recipeHash(await read());
    await put('services/store/packages', 'store\n');
    await put('services/store/rootfs/opt/run', '#!/bin/sh\n');
    await put('services/store/image/Dockerfile', 'FROM scratch\n');
    expect(recipeHash(await readRecipe(join(lab, 'image'), ['store']))).toBe(before);
    const programs = await servicesWithImage(join(lab, 'image'), ['redis', 'store']);
    expect(programs).toEqual(['store']);
    const added = await readAddedRecipe(join(lab, 'image'), ['store'], 'node:1', ['store:2']);
    expect(added.map(({ path }) => path)).toEqual([
      'Dockerfile',
      'build/packages',
      'install/store/packages',
      'rootfs/opt/run',
    ]);
    expect(added[0]?.content.toString()).toBe(
      'ARG BASE=node:1\nFROM ${BASE}\nCOPY --from=store:2 /export/ /\nCOPY rootfs/ /\n',
    );
  });

  it('refuses two files at one place of the image', async () => {
    await put('services/redis/rootfs/etc/motd', 'hello from Redis\n');
    await expect(read()).rejects.toThrow(
      new Error('two services (or a service and the image) bring the file rootfs/etc/motd'),
    );
  });

  it('has another hash for every change of a service, a name included', async () => {
    const hashes = [recipeHash(await read())];
    await put('services/redis/packages', 'redis-server\n');
    hashes.push(recipeHash(await read()));
    await put('services/redis/packages', 'redis-server8\n');
    hashes.push(recipeHash(await read()));
    await rm(join(lab, 'services/redis'), { recursive: true });
    await put('services/valkey/packages', 'redis-server8\n');
    hashes.push(recipeHash(await read()));
    expect(new Set(hashes).size).toBe(4);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{12}$/);
  });
});
