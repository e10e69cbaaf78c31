import { createWorkspace } from '../../../src/workspace/create/create-workspace';
import { LEAST_LAYERS } from '../../../src/workspace/create/shapes';
import { answersFrom, completed } from '../../../src/workspace/create/questions';

const NODES = ['con1', 'db1', 'db2', 'red1', 'lb1', 'lb2'];
const LAYERS = 'coordination=con1,db1,db2 database=db1,db2 cache=red1 access=lb1,lb2';
/** What each machine runs, as its gitlab.rb says it. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  con1: ['consul_role', 'redis_sentinel_role'],
  db1: ['consul_role', 'patroni_role', 'redis_sentinel_role'],
  db2: ['consul_role', 'patroni_role'],
  red1: ['redis_master_role', 'redis_sentinel_role'],
  lb1: ['consul_role', 'pgbouncer_role'],
  lb2: ['consul_role', 'pgbouncer_role'],
};

/**
 * A cluster as operators have them: machines with one part each, which all files but keepalived.conf know by host names.
 * One machine only votes, and PgBouncer runs beside HAProxy instead of beside the database.
 */
export function roleMachines(name: string): ReadonlyMap<string, string> {
  const answers = answersFrom(
    completed({ name, nodes: NODES.join(' '), subnet: '10.30.0.0/24', layers: LAYERS }, name),
  );
  if ('problem' in answers) throw new Error(String(answers.problem));
  const made = new Map(createWorkspace({ ...answers, asked: LEAST_LAYERS }).files);
  const byName = (text: string): string =>
    answers.nodes.reduce(
      (all, node) => all.replaceAll(new RegExp(`\\b${node.address}\\b`, 'g'), hostOf(node.name)),
      text,
    );
  const files = new Map([...made].filter(([path]) => path.endsWith('keepalived.conf')));
  files.set('cluster.yaml', clusterYaml(made.get('cluster.yaml') ?? '', answers.nodes));
  const proxy = byName(made.get('haproxy/haproxy.cfg') ?? '');
  files.set('haproxy/haproxy.cfg', proxy.replace(/server db(\d) db\d/g, 'server lb$1 lb$1'));
  const written = (node: string): string => byName(made.get(`nodes/${node}/gitlab.rb`) ?? '');
  const parts = { database: written('db1'), cache: written('red1') };
  for (const node of NODES) files.set(`nodes/${node}/gitlab.rb`, gitlabRb(node, written(node), parts));
  return files;
}

function hostOf(node: string): string {
  return `${node}.gl.example.com`;
}

function clusterYaml(text: string, nodes: readonly { name: string; address: string }[]): string {
  return nodes
    .reduce(
      (all, { name, address }) =>
        all.replace(`address: ${address} }`, `address: ${address}, host: ${hostOf(name)} }`),
      text,
    )
    .replace('cache: { nodes: [red1]', 'cache: { nodes: [red1], voters: [con1, db1]')
    .replace('database: { nodes: [db1, db2]', 'database: { nodes: [db1, db2], poolers: [lb1, lb2]')
    .replace(/memory_mb: \d+/, 'memory_mb: 512');
}

/** Of parts that `init` places together elsewhere, those that the machine has. */
function gitlabRb(
  node: string,
  own: string,
  { database, cache }: { readonly database: string; readonly cache: string },
): string {
  const roles = ROLES[node] ?? [];
  const here = (text: string): string => text.replaceAll(/\b(?:db1|red1)(?=\.gl)/g, node);
  const base = roles.includes('pgbouncer_role')
    ? here(database)
        .replace(/server: true,\n *bootstrap_expect: 3,/, 'server: false,')
        .replace(/retry_join: .*/, `retry_join: %w[${['con1', 'db1', 'db2'].map(hostOf).join(' ')}],`)
        .replace(/^(?:patroni|consul\['services'\]).*\n/gm, '')
    : roles.includes('patroni_role')
      ? own.replace(/^pgbouncer\['users'\][^]*?^\}\n/m, '').replace(/^pgbouncer\[.*\n/gm, '')
      : own;
  const votes = roles.includes('redis_sentinel_role') && node !== 'red1';
  const sentinel = here(cache)
    .replace(/^redis\['(?:bind|announce_ip|port)'\].*\n/gm, '')
    .replace(/^(redis\['master_ip'\] = ).*$/m, `$1'${hostOf('red1')}'`);
  const text = votes ? `${base}\n${sentinel.slice(sentinel.indexOf("redis['master_name']"))}` : base;
  return text
    .replace(/^roles .*$/m, `roles %w[${roles.join(' ')}]`)
    .replace(/^sentinel\['quorum'\] = .*$/m, "sentinel['quorum'] = 2");
}
