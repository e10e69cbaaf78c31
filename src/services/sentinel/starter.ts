import { nodesOf } from '../core/placement';
import { heading, majorityOf, Numeral, numeral } from '../core/starter';
import type { Starter, StarterContext } from '../core/starter';

/** Sentinel in a new workspace. */
export const sentinelStarter: Starter = { gitlabRb };

function gitlabRb(context: StarterContext): string {
  const { node, running } = context;
  const quorum = majorityOf(running.length);
  return [
    heading('Sentinel: watches Redis and promotes a replica', 113),
    ...watched(context),
    `sentinel['bind'] = '${node.address}' # this node`,
    `sentinel['announce_ip'] = '${node.address}' # this node`,
    `# ${Numeral(quorum)} of ${numeral(running.length)} must agree that the master is gone; the package's default of 1 lets a single one decide.`,
    `sentinel['quorum'] = ${quorum}`,
    "# The package's values; the lab takes them from `timings` in cluster.yaml, what is written here wins.",
    "# sentinel['down_after_milliseconds'] = 10_000",
    "# sentinel['failover_timeout'] = 60_000",
  ].join('\n');
}

/** Where Redis runs, its own part names the master; a Sentinel that only votes must be told. */
function watched(context: StarterContext): readonly string[] {
  const data = nodesOf(context, 'cache');
  if (data.some(({ name }) => name === context.node.name)) return [];
  return [
    '# Only a vote: no Redis runs here.',
    "redis['master_name'] = 'gitlab-redis'",
    `redis['master_ip'] = '${data[0]?.address ?? ''}'`,
    "redis['master_password'] = 'lab-example-redis-password'",
  ];
}
