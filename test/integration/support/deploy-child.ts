/**
 * Deploys the sample workspace in a process of its own, to be killed: `deploy-child NAME STATE_DIR IMAGE_DIR LAYERS`. Says
 * "begin" when it starts and "done" when the lab runs and its supervisors answer.
 */
import { createLabService } from '../../../src/lab/create-lab-service';
import { ROOT, until } from './engine';
import type { LayerId } from '../../../src/cluster/layer';
import { sampleOf } from './sample';

async function main(
  name: string,
  stateDir: string,
  imageDir: string,
  layers: readonly LayerId[],
): Promise<void> {
  const labs = createLabService({
    root: ROOT,
    stateDir,
    imageDir,
    awaitHealth: async ({ lab, transport }) => {
      for (const { name: node } of lab.cluster.nodes) {
        const reach = await transport(node);
        await until(
          `services of ${node}`,
          async () => (await reach.exec(['gitlab-ctl', 'status'])).exitCode === 0,
        );
      }
    },
  });
  const files = await sampleOf(name, layers);
  process.stdout.write('begin\n');
  await labs.deploy(files);
  process.stdout.write('done\n');
}

const [name = '', stateDir = '', imageDir = '', layers = ''] = process.argv.slice(2);
await main(name, stateDir, imageDir, layers.split(',') as LayerId[]);
