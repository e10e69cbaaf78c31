import { nodesOf } from '../core/placement';
import { heading, Numeral, numeral, serverLines } from '../core/starter';
import type { Starter, StarterContext } from '../core/starter';
import { usualStorageOf } from '../gitaly/settings';

const PORT = 2305;

/** Praefect in a new workspace. */
export const praefectStarter: Starter = {
  gitlabRb,
  proxy: {
    backend: 'praefect',
    title: 'Praefect (to the primary of each repository)',
    port: PORT,
    about: 'Praefect, which knows the replicas of each repository',
    text: proxyText,
  },
};

function gitlabRb(context: StarterContext): string {
  const { node, running } = context;
  const databases = nodesOf(context, 'database').map(({ address }) => address);
  const [first] = running;
  return [
    heading('Praefect: which Gitaly has which replica, and who is the primary', 113),
    '# ha-lab: ignore GLR147 every node of this cluster does everything',
    "praefect['enable'] = true",
    '# After an update one node alone changes its tables.',
    `praefect['auto_migrate'] = ${first === undefined || first.name === node.name}`,
    '# Its database is in the same cluster. Of several hosts it takes the one that can be written to, so it follows',
    '# the leader. (A PgBouncer between them would have to pool by session.)',
    "praefect['env'] = { 'PGTARGETSESSIONATTRS' => 'read-write' }",
    "praefect['configuration'] = {",
    `  listen_addr: '${node.address}:${PORT}', # this node`,
    `  prometheus_listen_addr: '${node.address}:9652', # this node`,
    '  # Until it has ended, a Praefect that stops still lets in who comes (its port stays open) and answers nobody. Who is',
    "  # let in there waits; so this is short. Default: '1m'.",
    "  graceful_stop_timeout: '500ms',",
    "  auth: { token: 'lab-example-praefect-token' },",
    '  database: {',
    `    host: '${databases.join(',')}',`,
    '    port: 5432,',
    "    user: 'praefect',",
    "    password: 'lab-example-praefect-database-password',",
    "    dbname: 'praefect_production',",
    '  },',
    ...storages(context),
    '}',
  ].join('\n');
}

function storages({ cluster }: StarterContext): readonly string[] {
  const nodes = nodesOf({ cluster }, 'git');
  const count = nodes.length;
  const each = nodes.map(
    (node) =>
      `      { storage: '${usualStorageOf({ cluster, node })}', address: 'tcp://${node.address}:8075', token: 'lab-example-gitaly-token' },`,
  );
  return [
    `  # ${Numeral(count)} replicas of every repository: ${numeral(count)} Gitaly nodes have all, and a write counts when most of them have it.`,
    '  virtual_storage: [{',
    "    name: 'default',",
    `    default_replication_factor: ${count},`,
    '    node: [',
    ...each,
    '    ],',
    '  }],',
  ];
}

function proxyText({ cluster, running }: StarterContext): string {
  return [
    heading('Git storage', 114),
    '',
    'frontend git_storage',
    `    bind ${cluster.vip}:${PORT}`,
    '    # Connections may be idle for long; what drops them on the way is noticed.',
    '    option clitcpka',
    '    default_backend praefect',
    '',
    '# gRPC is HTTP/2: whoever lives answers a greeting with its settings; a paused machine only accepts connections.',
    'backend praefect',
    '    balance leastconn',
    '    option srvtcpka',
    '    option tcp-check',
    '    tcp-check connect',
    '    tcp-check send-binary 505249202a20485454502f322e300d0a0d0a534d0d0a0d0a000000040000000000',
    '    tcp-check expect binary 040000000000',
    '    default-server fastinter 300ms fall 2 on-marked-down shutdown-sessions',
    serverLines(running, PORT),
  ].join('\n');
}
