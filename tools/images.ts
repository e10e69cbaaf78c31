/**
 * Builds the images of this checkout in the engine of this machine, unless they are there: what a deployment does first,
 * for those who want it done before. Those of layers that run where they are asked for, and of machines outside the nodes,
 * are among them.
 *
 *     npx tsx tools/images.ts
 */
import { fileURLToPath } from 'node:url';
import { connectDocker } from '../src/lab/docker/endpoint/connect';
import { ensureNodeImage } from '../src/lab/docker/image/node-image';
import { ensureServiceImage } from '../src/lab/docker/image/service-image';
import { findBases } from '../src/lab/docker/image/base-image';
import { Operation } from '../src/lab/docker/operation';
import { deployedServices } from '../src/services/registry';

const recipe = fileURLToPath(new URL('../lab/image/', import.meta.url));
const { docker } = await connectDocker();
const operation = new Operation(docker, {}, {});
const bases = (): ReturnType<typeof findBases> => findBases(operation);
const services = deployedServices();
for (const set of new Set(services.map(({ added }) => added))) {
  const ids = services.flatMap(({ added, id }) => (added !== undefined && added === set ? [id] : []));
  console.log(await ensureNodeImage(operation, recipe, bases, ids));
}
for (const { id } of services.filter(({ outside }) => outside === true)) {
  console.log(await ensureServiceImage(operation, recipe, id, bases));
}
