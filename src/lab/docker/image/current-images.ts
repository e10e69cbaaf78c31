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

/** The sets of services that are added to a node image: those of the layers that bring any, in every combination. */
function addedTogether(): readonly (readonly string[])[] {
  const added = SERVICES.filter((service) => service.added === true && service.deployed);
  const layers = [...new Set(added.map(({ layer }) => layer))];
  const sets = layers.reduce<readonly (readonly string[])[]>(
    (all, layer) => [...all, ...all.map((set) => [...set, layer])],
    [[]],
  );
  return sets.map((set) => added.filter(({ layer }) => set.includes(layer)).map(({ id }) => id));
}
