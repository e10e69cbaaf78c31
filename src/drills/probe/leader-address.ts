import { say } from '../../words/message';
import { LabError } from '../../lab/lab-error';
import type { LabInfo } from '../../lab/lab-service';
import type { ClusterState } from '../../observe/state';
import { clientWay } from '../../services/client-ways';
import { portOf } from '../../services/ports';
import type { ServerAddress } from './probe-session';
import type { ProbePath } from './write-attempt';

/**
 * Where the server answers that leads according to those who decide about it (Consul, the Sentinels), at the port it
 * has in this lab; undefined on a way on which what is kept is looked for by the way itself.
 * @throws LabError `no-node` when nobody leads
 */
export function leaderAddress(
  lab: Pick<LabInfo, 'cluster' | 'sources'>,
  state: ClusterState,
  path: ProbePath,
): ServerAddress | undefined {
  const way = clientWay(path);
  if (way.keptAt === undefined) return undefined;
  const name = way.leader?.(state);
  const node = lab.cluster.nodes.find((candidate) => candidate.name === name);
  if (!node) {
    throw new LabError(
      'no-node',
      say('Nobody leads {0} at the moment.', path),
      say('Wait until the cluster is whole.'),
    );
  }
  const port = portOf(way.keptAt.service, way.keptAt.port, lab.sources?.ports?.[node.name]);
  return { host: node.address, port };
}
