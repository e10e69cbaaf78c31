import { findBases } from './base-image';
import type { BuildBases } from './base-image';
import { ensureImage } from './build-image';
import type { ImageRecipe } from './build-image';
import { readRecipe, recipeHash } from './image-recipe';
import type { Operation } from '../operation';

const REPOSITORY = 'gitlab-ha-lab/node';

/** The node image of this recipe. */
export async function nodeImageReference(imageDir: string): Promise<ImageRecipe> {
  const files = await readRecipe(imageDir);
  return { reference: `${REPOSITORY}:${recipeHash(files)}`, title: 'the node image', files };
}

/**
 * Builds the node image unless it is there.
 * @param bases what it is built from; found when it is built
 * @throws LabError `image-build-failed` with the end of the build's output, `no-base-image`, `no-disk`, `cancelled`
 */
export async function ensureNodeImage(
  operation: Operation,
  imageDir: string,
  bases: () => Promise<BuildBases> = () => findBases(operation),
): Promise<string> {
  return ensureImage(operation, await nodeImageReference(imageDir), bases);
}
