import type { Cluster } from '../../cluster/cluster';
import type { LayerId } from '../../cluster/layer';
import { LabError } from '../../lab/lab-error';
import { clientWay, clientWaysOf } from '../../services/client-ways';
import { say } from '../../words/message';
import type { ProbePath } from './write-attempt';

/**
 * That clients of the lab can go this way.
 * @param lab with its cluster as the lab runs it
 * @throws LabError `no-way`, with the ways it has
 */
export function requireWay(
  { name, cluster }: { readonly name: string; readonly cluster: Pick<Cluster, 'layers'> },
  path: ProbePath,
): void {
  const ways = clientWaysOf(cluster).map(({ id }) => id);
  if (ways.includes(path)) return;
  const own = clientWay(path).layer;
  const missing: LayerId = cluster.layers[own].enabled ? 'access' : own;
  throw new LabError(
    'no-way',
    say('Lab {0} runs no layer {1}, so no client goes the path {2} there.', name, missing, path),
    ways.length === 0
      ? say(
          'It has none. Deploy it with the layers that clients need: gitlab-ha up --layers database,access --name {0}',
          name,
        )
      : say('The paths it has: {0}', ways.join(', ')),
  );
}
