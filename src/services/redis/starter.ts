import { heading, numeral, serverLines } from '../core/starter';
import type { Starter, StarterContext, StarterRole } from '../core/starter';

const PORT = 6379;

/** Redis in a new workspace: the first of its nodes starts as master. */
export const redisStarter: Starter = {
  gitlabRb,
  role,
  proxy: {
    backend: 'redis_master',
    title: 'Redis master',
    port: PORT,
    about: 'the Redis master',
    text: proxyText,
  },
};

function role({ node, running }: StarterContext): StarterRole {
  const [master] = running;
  return master === undefined || master.name === node.name
    ? { name: 'redis_master_role', note: 'redis_replica_role on the others' }
    : { name: 'redis_replica_role', note: `redis_master_role on ${master.name}` };
}

function gitlabRb({ node, running }: StarterContext): string {
  const replicas = running.length - 1;
  const others = replicas === 0 ? '' : `, ${numeral(replicas)} replica${replicas === 1 ? '' : 's'}`;
  return [
    heading(`Redis: one master${others}`, 113),
    '# Who is master at first; later only the Sentinels know.',
    "redis['master_name'] = 'gitlab-redis'",
    `redis['master_ip'] = '${running[0]?.address ?? node.address}'`,
    `redis['bind'] = '${node.address}' # this node`,
    `redis['port'] = ${PORT}`,
    `redis['announce_ip'] = '${node.address}' # this node`,
    '# Equal on all nodes: after a failover the old master must be able to follow the new one.',
    "redis['password'] = 'lab-example-redis-password'",
    "redis['master_password'] = 'lab-example-redis-password'",
  ].join('\n');
}

function proxyText({ cluster, running }: StarterContext): string {
  return [
    heading('Redis', 114),
    '',
    'frontend redis',
    `    bind ${cluster.vip}:${PORT}`,
    '    default_backend redis_master',
    '',
    '# Only the master passes: replicas refuse writes.',
    'backend redis_master',
    '    option tcp-check',
    '    tcp-check connect',
    String.raw`    tcp-check send "AUTH ${'${REDIS_PASSWORD}'}\r\n"`,
    '    tcp-check expect string +OK',
    String.raw`    tcp-check send "INFO replication\r\n"`,
    "    # min-recv: a replica's answer is judged as soon as it is there, not when the time is up.",
    '    tcp-check expect min-recv 40 string role:master',
    String.raw`    tcp-check send "QUIT\r\n"`,
    '    tcp-check expect string +OK',
    '    default-server on-marked-down shutdown-sessions',
    serverLines(running, PORT),
  ].join('\n');
}
