/** Keys of the lab's own roots that have no effect in it, and why. */

export type UnusedReason = 'secret' | 'decided' | 'unused';

/** What cluster.yaml and the lab's network decide, whatever gitlab.rb says. */
const DECIDED = new Set(
  `consul.enable patroni.enable postgresql.enable pgbouncer.enable redis.enable sentinel.enable
  consul.node_name consul.configuration.bind_addr consul.configuration.advertise_addr
  consul.configuration.client_addr consul.configuration.node_name patroni.name patroni.connect_address
  patroni.listen_address patroni.connect_port postgresql.listen_address redis.master_ip redis.master_port
  redis.announce_ip redis.announce_port sentinel.announce_ip sentinel.announce_port`.split(/\s+/),
);

/** Roots with passwords that the lab generates itself. */
const LAB_ROOTS = new Set(['consul', 'patroni', 'postgresql', 'pgbouncer', 'redis', 'sentinel']);
const RAILS_SECRETS = new Set(['db_password', 'redis_password', 'redis_sentinels_password']);

/** Why a key without a rule has no effect. */
export function whyUnused(path: readonly string[]): UnusedReason {
  const [root, ...keys] = path;
  const last = keys.at(-1) ?? '';
  if (DECIDED.has(path.join('.'))) return 'decided';
  if (root === 'gitlab_rails') return RAILS_SECRETS.has(last) ? 'secret' : 'unused';
  if (root !== undefined && LAB_ROOTS.has(root) && isSecretName(last)) return 'secret';
  return 'unused';
}

/** True for names of settings that hold passwords, tokens and keys (not files that hold them). */
export function isSecretName(name: string): boolean {
  return /(?:^|_)(?:password|passwd|secret|token)s?$/.test(name) || name === 'encryption_key';
}
