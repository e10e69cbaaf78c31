/**
 * Builds the node image of this checkout in the engine of this machine, unless it is there: what a deployment does
 * first, for those who want it done before.
 *
 *     npx tsx tools/node-image.ts
 */
import { fileURLToPath } from 'node:url';
import { connectDocker } from '../src/lab/docker/endpoint/connect';
import { ensureNodeImage } from '../src/lab/docker/image/node-image';
import { Operation } from '../src/lab/docker/operation';

const recipe = fileURLToPath(new URL('../lab/image/', import.meta.url));
const { docker } = await connectDocker();
console.log(await ensureNodeImage(new Operation(docker, {}, {}), recipe));
