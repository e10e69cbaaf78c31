#!/usr/bin/env node
/** Makes sure that a Docker engine answers and that the node image can be built; see docs/contributing.md. */
import { ensureDocker, ensureImageSource } from './lib/docker.mjs';
import { checkNode, ensureBuild, ensureDependencies } from './lib/prepare.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  await ensureDocker();
  await ensureImageSource();
  return 0;
});
