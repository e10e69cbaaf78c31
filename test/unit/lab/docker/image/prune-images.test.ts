import { join } from 'node:path';
import type Docker from 'dockerode';
import { describe, expect, test } from 'vitest';
import { currentImages } from '../../../../../src/lab/docker/image/current-images';
import { nodeImageReference } from '../../../../../src/lab/docker/image/node-image';
import { needless, pruneImages } from '../../../../../src/lab/docker/image/prune-images';
import type { ListedImage } from '../../../../../src/lab/docker/image/prune-images';
import { addedServices } from '../../../../../src/services/lab-layers';
import { sampleCluster } from '../../render/sample-context';

const OLD: ListedImage = { id: 'sha256:1', tags: ['gitlab-ha-lab/node:aaa'] };
const NEW: ListedImage = { id: 'sha256:2', tags: ['gitlab-ha-lab/node:bbb'] };
const STORE: ListedImage = { id: 'sha256:3', tags: ['gitlab-ha-lab/object-storage:ccc'] };
const BASE: ListedImage = { id: 'sha256:4', tags: ['gitlab-ha-lab/base:trixie'] };
const UNNAMED: ListedImage = { id: 'sha256:5', tags: [] };
const ALL = [OLD, NEW, STORE, BASE, UNNAMED];

describe('images that nobody needs', () => {
  test.each([
    ['of older recipes', ['gitlab-ha-lab/node:bbb'], [], [OLD, STORE, UNNAMED]],
    ['but not what a container is made of', ['gitlab-ha-lab/node:bbb'], ['sha256:1', 'sha256:5'], [STORE]],
    [
      'of other recipes of the same version are kept',
      ['gitlab-ha-lab/node:bbb', 'gitlab-ha-lab/object-storage:ccc'],
      [],
      [OLD, UNNAMED],
    ],
  ])('%s', (_, current, used, found) => {
    expect(needless(ALL, new Set(current), new Set(used))).toEqual(
      found.map(({ id, tags }) => tags[0] ?? id),
    );
  });
});

test('Podman tells references with a registry, and names that others gave an image are left', () => {
  const images = [
    { id: 'sha256:1', tags: ['docker.io/gitlab-ha-lab/node:aaa', 'example.com/mine:1'] },
    { id: 'sha256:2', tags: ['docker.io/gitlab-ha-lab/node:bbb'] },
    { id: 'sha256:3', tags: ['localhost/gitlab-ha-lab/base:trixie'] },
    { id: 'sha256:4', tags: ['example.com/gitlab-ha-lab/node:aaa'] },
  ];
  expect(needless(images, new Set(['gitlab-ha-lab/node:bbb']), new Set())).toEqual([
    'docker.io/gitlab-ha-lab/node:aaa',
  ]);
});

/** An engine with these images, of which one is refused with 409. */
function engine(refuses: string): { readonly docker: Docker; readonly removed: string[] } {
  const removed: string[] = [];
  const docker = {
    listImages: async ({ filters }: { filters: { reference?: readonly string[] } }) =>
      (filters.reference ? [OLD, NEW, STORE] : [UNNAMED]).map(({ id, tags }) => ({ Id: id, RepoTags: tags })),
    listContainers: async () => [{ ImageID: 'sha256:9' }],
    df: async () => ({ LayersSize: 1000 - 100 * removed.length }),
    getImage: (reference: string) => ({
      remove: async () => {
        if (reference === refuses) throw Object.assign(new Error('in use'), { statusCode: 409 });
        removed.push(reference);
      },
    }),
  };
  return { docker: docker as unknown as Docker, removed };
}

describe('removing them', () => {
  const current = new Set(['gitlab-ha-lab/node:bbb']);

  test('leaves what came into use meanwhile, and tells what it freed', async () => {
    const { docker, removed } = engine('gitlab-ha-lab/object-storage:ccc');
    const pruned = await pruneImages(docker, current, false);
    expect(pruned).toEqual({ removed: ['gitlab-ha-lab/node:aaa', 'sha256:5'], freedBytes: 200 });
    expect(removed).toEqual(pruned.removed);
  });

  test('only tells them where that is all that is wanted', async () => {
    const { docker, removed } = engine('');
    expect(await pruneImages(docker, current, true)).toEqual({
      removed: ['gitlab-ha-lab/node:aaa', 'gitlab-ha-lab/object-storage:ccc', 'sha256:5'],
      freedBytes: undefined,
    });
    expect(removed).toEqual([]);
  });
});

test('the images of this version are those of its labs, whatever layers they run', async () => {
  const recipe = join(import.meta.dirname, '../../../../../lab/image');
  const current = await currentImages(recipe);
  for (const layers of [['database'], ['git'], ['git', 'application']] as const)
    expect(current).toContain(
      (await nodeImageReference(recipe, addedServices(sampleCluster({ layers })))).reference,
    );
  const repositories = new Set([...current].map((reference) => reference.split(':')[0]));
  expect(repositories).toContain('gitlab-ha-lab/object-storage');
});
