import { heading, Numeral, serverLines } from '../core/starter';
import type { Starter, StarterContext } from '../core/starter';

const PORT = 6432;
/** Server connections of all poolers together; `max_connections` of a new workspace is 400. */
const ALL_POOLS = 300;
const LARGEST_POOL = 100;

/** PgBouncer in a new workspace. */
export const pgbouncerStarter: Starter = {
  gitlabRb,
  proxy: {
    backend: 'pgbouncer',
    title: 'PgBouncer (to the PostgreSQL leader)',
    port: PORT,
    about: 'PgBouncer, which follows the PostgreSQL leader',
    text: proxyText,
  },
};

function gitlabRb({ node, running }: StarterContext): string {
  const count = running.length;
  const poolers = count === 1 ? 'One PgBouncer' : `${Numeral(count)} PgBouncers`;
  return [
    heading('PgBouncer: clients keep their connection while the leader changes', 113),
    '# Not 0.0.0.0: HAProxy of the same machine listens on the same port of the virtual address.',
    `pgbouncer['listen_addr'] = '${node.address}' # this node`,
    "pgbouncer['pool_mode'] = 'transaction'",
    `# ${poolers} with this many server connections each must fit into max_connections.`,
    `pgbouncer['default_pool_size'] = ${Math.min(LARGEST_POOL, Math.floor(ALL_POOLS / count))}`,
    '# gitlab-consul is the watcher that reloads PgBouncer when the leader changes.',
    "pgbouncer['admin_users'] = %w[pgbouncer gitlab-consul]",
    "pgbouncer['users'] = {",
    "  'pgbouncer' => { 'password' => '4f2a60727fed77ea6594a0b9d4267705' },",
    "  'gitlab-consul' => { 'password' => 'cfefae414aa86e27a2d05f65e89f2ef6' },",
    '}',
  ].join('\n');
}

function proxyText({ cluster, running }: StarterContext): string {
  return [
    heading('PostgreSQL', 114),
    '',
    'frontend postgresql',
    `    bind ${cluster.vip}:${PORT}`,
    '    default_backend pgbouncer',
    '',
    '# Every PgBouncer follows the leader, so any of them will do. A stopped (paused) machine still accepts connections:',
    '# the check therefore waits until PgBouncer itself answers a login.',
    'backend pgbouncer',
    '    balance leastconn',
    '    option pgsql-check user pgbouncer',
    '    default-server on-marked-down shutdown-sessions',
    serverLines(running, PORT),
  ].join('\n');
}
