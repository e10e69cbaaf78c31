#!/usr/bin/env node
/**
 * `npm run lab`: from a fresh clone to a running lab. Arguments go to `gitlab-ha up`, e.g.
 * `npm run lab -- --timings production` or `npm run lab -- ~/my-cluster`.
 */
import { ensureDocker, ensureImageSource } from './lib/docker.mjs';
import { checkNode, ensureBuild, ensureDependencies } from './lib/prepare.mjs';
import { main, run } from './lib/run.mjs';

const vsCode = `
To see it in VS Code: \`npm run package\`, then "Extensions: Install from VSIX…" in VS Code (or open this folder
there and press F5). The running lab is found by itself, in the activity bar under "HA Lab".
`;

await main(async () => {
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  await ensureDocker();
  await ensureImageSource();
  const env = { ...process.env, GITLAB_HA_COMMAND: 'node dist/cli.js' };
  // Ctrl-C reaches the deploy itself, which cleans up; this script must outlive it to pass its exit code on.
  process.on('SIGINT', () => undefined);
  const code = await run(process.execPath, ['dist/cli.js', 'up', ...process.argv.slice(2)], { env });
  if (code === 0) console.log(vsCode);
  return code;
});
