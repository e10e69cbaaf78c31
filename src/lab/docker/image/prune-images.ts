import type Docker from 'dockerode';
import { say } from '../../../words/message';
import type { PrunedImages } from '../../lab-service';
import { dockerFailure, isConflict, isGone } from '../docker-errors';
import { LABEL } from '../labels';
import { OWN_BASE } from './base-image';

const OURS = 'gitlab-ha-lab/*';

/** An image as the engine lists it. */
export interface ListedImage {
  readonly id: string;
  /** Its references; none when another image took them. */
  readonly tags: readonly string[];
}

/**
 * The references (or ids, where there is none) of images that nobody needs: not those of the present recipes, nor what
 * they are made of, nor what a container is made of, be it stopped. Pure.
 * @param images of the lab's own
 * @param current references that a deployment may ask for
 * @param used ids of the images that containers are made of
 */
export function needless(
  images: readonly ListedImage[],
  current: ReadonlySet<string>,
  used: ReadonlySet<string>,
): readonly string[] {
  const kept = new Set([...current, `${OWN_BASE.repo}:${OWN_BASE.tag}`]);
  return images
    .filter(({ id, tags }) => !used.has(id) && !tags.some((tag) => kept.has(withoutRegistry(tag))))
    .flatMap(({ id, tags }) => (tags.length > 0 ? tags.filter(isOurs) : [id]));
}

/** Podman tells a reference with the registry that it takes for it. */
function withoutRegistry(tag: string): string {
  return tag.replace(/^(?:docker\.io|localhost)\//, '');
}

/** What somebody else calls the same image is theirs. */
function isOurs(tag: string): boolean {
  return withoutRegistry(tag).startsWith(OURS.slice(0, -1));
}

/**
 * Removes the images of older recipes that no container is made of.
 * @param dryRun only tells them
 * @throws LabError `docker-failed`
 */
export async function pruneImages(
  docker: Docker,
  current: ReadonlySet<string>,
  dryRun: boolean,
): Promise<PrunedImages> {
  const found = needless(await ownImages(docker), current, await usedImages(docker));
  if (dryRun) return { removed: found, freedBytes: undefined };
  const before = await layerBytes(docker);
  const removed: string[] = [];
  for (const reference of found) if (await remove(docker, reference)) removed.push(reference);
  const after = await layerBytes(docker);
  return { removed, freedBytes: Math.max(0, before - after) };
}

async function ownImages(docker: Docker): Promise<readonly ListedImage[]> {
  const [tagged, built] = await Promise.all([
    docker.listImages({ filters: { reference: [OURS] } }),
    docker.listImages({ filters: { label: [LABEL.versions], dangling: ['true'] } }),
  ]);
  return [...tagged, ...built].map(({ Id, RepoTags }) => ({
    id: Id,
    tags: (RepoTags ?? []).filter((tag) => tag !== '<none>:<none>'),
  }));
}

async function usedImages(docker: Docker): Promise<ReadonlySet<string>> {
  const containers = await docker.listContainers({ all: true });
  return new Set(containers.map(({ ImageID }) => ImageID));
}

/** @returns false when it is in use by now, or what others are made of */
async function remove(docker: Docker, reference: string): Promise<boolean> {
  try {
    await docker.getImage(reference).remove();
    return true;
  } catch (error) {
    if (isGone(error) || isConflict(error)) return false;
    throw dockerFailure(say('remove image {0}', reference), error);
  }
}

/** What all images take on the engine's disk: they share most of it. */
async function layerBytes(docker: Docker): Promise<number> {
  const { LayersSize } = (await docker.df()) as { readonly LayersSize?: number };
  return LayersSize ?? 0;
}
