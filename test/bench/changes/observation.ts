import type { LabService } from '../../../src/lab/lab-service';

/** What runs on a node at a moment. */
export interface NodeProcesses {
  /** Process numbers by program; PostgreSQL's own is `postgresql`. */
  readonly pids: Readonly<Record<string, string>>;
  /** When PostgreSQL was started. */
  readonly roles: readonly string[];
}

const SCRIPT = `
for s in /opt/gitlab/service/*; do echo "\${s##*/} $(cat $s/supervise/pid)"; done
echo "postgresql $(head -n 1 /var/opt/gitlab/postgresql/data/postmaster.pid)"
echo "roles $(/opt/gitlab/lab/apply roles | paste -sd,)"
`;

/** The processes of all nodes, by node. */
export async function processesOf(
  labs: Pick<LabService, 'transport'>,
  lab: string,
  nodes: readonly string[],
): Promise<ReadonlyMap<string, NodeProcesses>> {
  const seen = nodes.map(async (node) => {
    const reach = await labs.transport(lab, node);
    const { stdout } = await reach.exec(['bash', '-c', SCRIPT]);
    const lines = stdout.split('\n').filter((line) => line !== '');
    const values = Object.fromEntries(lines.map((line) => line.split(' ', 2))) as Record<string, string>;
    const { roles = '', ...pids } = values;
    return [node, { pids, roles: roles.split(',').filter((role) => role !== '') }] as const;
  });
  return new Map(await Promise.all(seen));
}

/** Programs of each node that were started anew: `node1 pgbouncer`. */
export function startedAnew(
  before: ReadonlyMap<string, NodeProcesses>,
  after: ReadonlyMap<string, NodeProcesses>,
): readonly string[] {
  return [...after].flatMap(([node, { pids }]) =>
    Object.entries(pids)
      .filter(([program, pid]) => before.get(node)?.pids[program] !== pid)
      .map(([program]) => `${node} ${program}`),
  );
}

/** The node that leads the database. */
export function leaderIn(processes: ReadonlyMap<string, NodeProcesses>): string | undefined {
  return [...processes].find(([, { roles }]) => roles.includes('patroni'))?.[0];
}
