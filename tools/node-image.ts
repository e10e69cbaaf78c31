/**
 * Builds the node images of this checkout in the engine of this machine, unless they are there: what a deployment does
 * first, for those who want it done before. Those of layers that run where they are asked for are among them.
 *
 *     npx tsx tools/node-image.ts
 */
import { fileURLToPath } from 'node:url';
import { connectDocker } from '../src/lab/docker/endpoint/connect';
import { ensureNodeImage } from '../src/lab/docker/image/node-image';
import { findBases } from '../src/lab/docker/image/base-image';
import { Operation } from '../src/lab/docker/operation';
import { deployedServices } from '../src/services/registry';

const recipe = fileURLToPath(new URL('../lab/image/', import.meta.url));
const { docker } = await connectDocker();
const operation = new Operation(docker, {}, {});
/** Layers whose services are added to what every node has; with Git storage the programs of the application are built. */
const ADDED: readonly (readonly string[])[] = [[], ['coordination'], ['git'], ['git', 'application']];
for (const layers of ADDED) {
  const added = deployedServices().filter((one) => one.added === true && layers.includes(one.layer));
  const ids = added.map(({ id }) => id);
  console.log(await ensureNodeImage(operation, recipe, () => findBases(operation), ids));
}
