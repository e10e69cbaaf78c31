import { say } from '../../../words/message';
import type { BuildBases } from './base-image';
import { ensureImage } from './build-image';
import type { ImageRecipe } from './build-image';
import { readServiceRecipe, recipeHash } from './image-recipe';
import type { Operation } from '../operation';

const REPOSITORIES = 'gitlab-ha-lab/';

/**
 * The image of a service that runs outside the nodes: lab/services/<id>/image.
 * @param imageDir the folder of the node image's recipe, beside which the services are
 */
export async function serviceImageReference(imageDir: string, service: string): Promise<ImageRecipe> {
  const files = await readServiceRecipe(imageDir, service);
  return {
    reference: `${REPOSITORIES}${service}:${recipeHash(files)}`,
    title: say('the image of {0}', service),
    files,
  };
}

/** The service whose image a reference is; undefined for the node image. */
export function serviceOfImage(reference: string, services: readonly string[]): string | undefined {
  return services.find((service) => reference.startsWith(`${REPOSITORIES}${service}:`));
}

/**
 * Builds a service's image unless it is there.
 * @throws LabError as `ensureImage` does
 */
export async function ensureServiceImage(
  operation: Operation,
  imageDir: string,
  service: string,
  bases: () => Promise<BuildBases>,
): Promise<string> {
  return ensureImage(operation, await serviceImageReference(imageDir, service), bases);
}
