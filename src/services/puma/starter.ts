import { votersOf } from '../core/placement';
import { heading, rubyWords } from '../core/starter';
import type { Starter, StarterContext } from '../core/starter';

/** The application in a new workspace: where it finds what is behind it, and Puma. */
export const pumaStarter: Starter = {
  gitlabRb: (context) =>
    [...behind(context), '', ...repositories(context), '', ...objects(context), '', ...puma()].join('\n'),
};

function behind(context: StarterContext): readonly string[] {
  const { cluster } = context;
  return [
    heading('The application: where it finds database and Redis', 113),
    '# PgBouncer at the virtual address, which follows the leader. It pools by transaction, and prepared statements',
    '# belong to a session.',
    `gitlab_rails['db_host'] = '${cluster.vip}'`,
    "gitlab_rails['db_port'] = 6432",
    "gitlab_rails['db_password'] = 'lab-example-database-password'",
    "gitlab_rails['db_prepared_statements'] = false",
    '# Asked who is master now, whoever that is; name and password are those of redis above.',
    "gitlab_rails['redis_sentinels'] = [",
    ...votersOf(context, 'cache').map(({ address }) => `  { 'host' => '${address}', 'port' => 26_379 },`),
    ']',
    "# Who may ask for health and metrics, and whose word about a client's address counts: the cluster's own network.",
    `gitlab_rails['monitoring_whitelist'] = ${rubyWords(['127.0.0.0/8', cluster.subnet])}`,
    `gitlab_rails['trusted_proxies'] = ${rubyWords([cluster.subnet])}`,
  ];
}

function repositories({ cluster }: StarterContext): readonly string[] {
  return [
    heading('The application: where its repositories are', 113),
    '# One storage, whatever replicas Praefect has behind it. The token is the one Praefect asks for.',
    "gitlab_rails['repositories_storages'] = {",
    `  'default' => { 'gitaly_address' => 'tcp://${cluster.vip}:2305', 'gitaly_token' => 'lab-example-praefect-token' },`,
    '}',
  ];
}

/** Kinds of objects, by their names in `object_store`. */
const KINDS = [
  'artifacts',
  'uploads',
  'lfs',
  'packages',
  'external_diffs',
  'dependency_proxy',
  'terraform_state',
];

function objects({ cluster }: StarterContext): readonly string[] {
  if (!cluster.layers.objects.enabled) return [heading('Object storage: none', 113)];
  return [
    heading('Object storage: files outside the nodes, so that any node may fail', 113),
    '# The lab has a store of its own under this name; any that speaks S3 will do on real machines.',
    "gitlab_rails['object_store']['enabled'] = true",
    "# Clients need not reach the store: GitLab passes files on. Only the store's own redirects would be cheaper.",
    "gitlab_rails['object_store']['proxy_download'] = true",
    "gitlab_rails['object_store']['connection'] = {",
    "  'provider' => 'AWS',",
    "  'endpoint' => 'https://object-storage:9000',",
    "  'region' => 'us-east-1',",
    "  'path_style' => true,",
    "  'aws_access_key_id' => 'lab-example-access-key',",
    "  'aws_secret_access_key' => 'lab-example-secret-key',",
    '}',
    '# A bucket for each kind: two kinds in one are refused.',
    ...KINDS.map(
      (kind) =>
        `gitlab_rails['object_store']['objects']['${kind}']['bucket'] = 'gitlab-${kind.replaceAll('_', '-')}'`,
    ),
  ];
}

function puma(): readonly string[] {
  return [
    heading('Puma: answers requests', 113),
    '# 0: one process with threads, enough for a lab. On a real machine one for each processor, and 1.2 GB for each.',
    '# ha-lab: ignore GLR201 three nodes on one machine',
    "puma['worker_processes'] = 0",
  ];
}
