import { say } from '../../../words/message';
import { SERVICES } from '../../../services/registry';
import { findBases, hasImage } from './base-image';
import type { BuildBases } from './base-image';
import { ensureImage } from './build-image';
import type { ImageRecipe } from './build-image';
import {
  readAddedRecipe,
  readRecipe,
  readServiceRecipe,
  recipeHash,
  servicesWithImage,
} from './image-recipe';
import type { Operation } from '../operation';

const OWNER = 'gitlab-ha-lab';
const REPOSITORY = `${OWNER}/node`;

/** What a node image is made of. */
interface NodeRecipes {
  /** What every node has. */
  readonly common: ImageRecipe;
  /** Images that programs of added services are taken from. */
  readonly programs: readonly ImageRecipe[];
  /** The image itself: the common one where nothing is added. */
  readonly whole: ImageRecipe;
}

/**
 * The node image of this recipe.
 * @param added services of the lab that not every node image has (`ServiceDefinition.added`)
 */
export async function nodeImageReference(
  imageDir: string,
  added: readonly string[] = [],
): Promise<ImageRecipe> {
  return (await nodeRecipes(imageDir, added)).whole;
}

/** References of all images that labs with these added services are made of. */
export async function nodeImageReferences(
  imageDir: string,
  added: readonly string[],
): Promise<readonly string[]> {
  const { common, programs, whole } = await nodeRecipes(imageDir, added);
  return [common, ...programs, whole].map(({ reference }) => reference);
}

async function nodeRecipes(imageDir: string, added: readonly string[]): Promise<NodeRecipes> {
  const addable = SERVICES.filter((service) => service.added !== undefined).map(({ id }) => id);
  const files = await readRecipe(imageDir, addable);
  const common = { reference: `${REPOSITORY}:${recipeHash(files)}`, title: say('the node image'), files };
  if (added.length === 0) return { common, programs: [], whole: common };
  const own = await servicesWithImage(imageDir, added);
  const programs = await Promise.all(own.map(async (service) => programRecipe(imageDir, service)));
  const laidOver = await readAddedRecipe(
    imageDir,
    added,
    common.reference,
    programs.map(({ reference }) => reference),
  );
  const title = say('the node image with what is added to it');
  return {
    common,
    programs,
    whole: { reference: `${REPOSITORY}:${recipeHash(laidOver)}`, title, files: laidOver },
  };
}

/** The image that the programs of a service come from. A change elsewhere does not build them again. */
async function programRecipe(imageDir: string, service: string): Promise<ImageRecipe> {
  const files = await readServiceRecipe(imageDir, service);
  const reference = `${OWNER}/${service}:${recipeHash(files)}`;
  return { reference, title: say('the programs of {0}', service), files };
}

/**
 * Builds the node image unless it is there; what is added to it, and the programs for that, at the same time.
 * @param bases what it is built from; found when it is built
 * @param added services of the lab that not every node image has
 * @throws LabError `image-build-failed` with the end of the build's output, `no-base-image`, `no-disk`, `cancelled`
 */
export async function ensureNodeImage(
  operation: Operation,
  imageDir: string,
  bases: () => Promise<BuildBases> = () => findBases(operation),
  added: readonly string[] = [],
): Promise<string> {
  const { common, programs, whole } = await nodeRecipes(imageDir, added);
  if (added.length === 0) return ensureImage(operation, common, bases);
  if (await hasImage(operation.docker, whole.reference)) return whole.reference;
  let found: Promise<BuildBases> | undefined;
  const once = (): Promise<BuildBases> => (found ??= bases());
  await allOrNone(operation, [common, ...programs], (part, recipe) => ensureImage(part, recipe, once));
  return ensureImage(operation, whole, () => Promise.resolve({ base: common.reference, programs: {} }));
}

/** Does all at once; the first that fails ends the others, and all have ended when this does. */
async function allOrNone(
  operation: Operation,
  recipes: readonly ImageRecipe[],
  work: (part: Operation, recipe: ImageRecipe) => Promise<unknown>,
): Promise<void> {
  const failed = new AbortController();
  const part = operation.endedBy(failed.signal);
  const errors: unknown[] = [];
  await Promise.all(
    recipes.map(async (recipe) => {
      try {
        await work(part, recipe);
      } catch (error) {
        // Those that come later only say that they were ended.
        errors.push(error);
        failed.abort(error);
      }
    }),
  );
  if (errors.length > 0) throw errors[0];
}
