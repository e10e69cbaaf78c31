import { heading, rubyWords } from '../core/starter';
import type { Starter, StarterContext } from '../core/starter';

/** Patroni and PostgreSQL in a new workspace. */
export const patroniStarter: Starter = {
  gitlabRb: (context) => [...patroni(context), '', ...postgresql(context)].join('\n'),
};

/** Slots: one for each other member, and as many again for members that are being rebuilt. */
const LEAST_SLOTS = 6;

const NOT_OF_THE_PACKAGE = [
  '# The package has no etcd, and its Patroni speaks to Consul only: no key of this file says where etcd is. The lab',
  '# takes it from `dcs` in cluster.yaml.',
];

function patroni({ cluster, node, running }: StarterContext): readonly string[] {
  const slots = Math.max(LEAST_SLOTS, 2 * running.length);
  return [
    heading(
      `Patroni: one PostgreSQL leader, chosen through ${cluster.dcs === 'etcd' ? 'etcd' : 'Consul'}`,
      113,
    ),
    ...(cluster.dcs === 'etcd' ? NOT_OF_THE_PACKAGE : []),
    "patroni['scope'] = 'postgresql-ha'",
    `patroni['connect_address'] = '${node.address}' # this node`,
    "# Guards Patroni's REST API (restart, failover ...).",
    "patroni['username'] = 'patroni'",
    "patroni['password'] = 'lab-example-patroni-password'",
    "patroni['replication_password'] = 'lab-example-replication-password'",
    "# A former leader is brought back to the new leader's history instead of being copied anew.",
    "patroni['use_pg_rewind'] = true",
    '# A replica that is further behind (in bytes) may not become leader.',
    "patroni['maximum_lag_on_failover'] = 1_048_576",
    '# One slot per other member, with room for a rebuilt one; one sender more than slots for a base backup.',
    `patroni['postgresql']['max_replication_slots'] = ${slots}`,
    `patroni['postgresql']['max_wal_senders'] = ${slots + 1}`,
    "patroni['postgresql']['max_connections'] = 400",
    '',
    "# How long the cluster waits before it chooses another leader. Left out, the package's values hold: ttl 30,",
    '# loop_wait 10, retry_timeout 10. The lab takes them from `timings` in cluster.yaml; what is written here wins.',
    "# patroni['ttl'] = 30",
    "# patroni['loop_wait'] = 10",
    "# patroni['retry_timeout'] = 10",
  ];
}

function postgresql({ cluster }: StarterContext): readonly string[] {
  return [
    heading('PostgreSQL', 113),
    "postgresql['listen_address'] = '0.0.0.0'",
    "postgresql['shared_buffers'] = '64MB' # a quarter of the memory on a real database machine",
    "# Who may log in with a password: the cluster's network and this machine.",
    `postgresql['md5_auth_cidr_addresses'] = ${rubyWords([cluster.subnet, '127.0.0.1/32'])}`,
    '# `gitlab-ctl pg-password-md5 USER` makes these from the password: md5 of password and user name together.',
    "postgresql['sql_user_password'] = '1bfc5bc0e28eb61e190eacf32201c32b'",
    "postgresql['sql_replication_password'] = '45cafc5231c4fd839c2143aad69dfaaf'",
    "postgresql['pgbouncer_user_password'] = '4f2a60727fed77ea6594a0b9d4267705'",
    '# Patroni restarts PostgreSQL when that is safe; reconfigure must not.',
    "postgresql['auto_restart_on_version_change'] = false",
  ];
}
