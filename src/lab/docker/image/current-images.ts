import { SERVICES } from '../../../services/registry';
import { nodeImageReferences } from './node-image';
import { servicesWithImage } from './image-recipe';
import { serviceImageReference } from './service-image';

/**
 * References of all images that a lab of this version may be made of, whatever layers it runs.
 * @param imageDir the folder of the node image's recipe
 */
export async function currentImages(imageDir: string): Promise<ReadonlySet<string>> {
  const outside = SERVICES.filter((service) => service.outside === true).map(({ id }) => id);
  const own = await servicesWithImage(imageDir, outside);
  const [nodes, services] = await Promise.all([
    Promise.all(addedTogether().map(async (added) => nodeImageReferences(imageDir, added))),
    Promise.all(own.map(async (id) => (await serviceImageReference(imageDir, id)).reference)),
  ]);
  return new Set([...nodes.flat(), ...services]);
}

/** The services that are added to a node image: those that come together, in every combination with others. */
function addedTogether(): readonly (readonly string[])[] {
  const deployed = SERVICES.filter((service) => service.deployed);
  const names = [...new Set(deployed.flatMap(({ added }) => added ?? []))];
  const sets = names.reduce<readonly (readonly string[])[]>(
    (all, name) => [...all, ...all.map((set) => [...set, name])],
    [[]],
  );
  return sets.map((set) =>
    deployed.filter(({ added }) => added !== undefined && set.includes(added)).map(({ id }) => id),
  );
}
