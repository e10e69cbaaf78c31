import { checkUri } from '../model/check-uri';
import type { Proxy, Server } from '../model/proxies';
import { carries, reachedBackends, type Role } from '../model/roles';
import { sentProxyProtocol } from '../model/servers';
import { isSure } from '../syntax/document';
import type { HaproxyRule } from './haproxy-rule';

const POSTGRESQL_PORT = 5432;
const PGBOUNCER_PORT = 6432;
const TOPIC = 'SSH, Gitaly, database and Redis behind HAProxy';
const FIVE_MINUTES = 300_000;

function modeRule(id: string, role: Role, what: string, title: string): HaproxyRule {
  return {
    id,
    severity: 'warning',
    topic: TOPIC,
    title,
    check({ proxies }, report) {
      for (const proxy of proxies) {
        if (proxy.mode !== 'http' || !carries(proxy, role)) continue;
        const message = `"${proxy.name}" carries ${what} in HTTP mode, which breaks its protocol.`;
        report({
          span: proxy.section.name ?? proxy.section.header.keyword,
          message,
          remedy: 'Set "mode tcp" in this section.',
        });
      }
    },
  };
}

const nameOf = (proxy: Proxy): { start: number; end: number } =>
  proxy.section.name ?? proxy.section.header.keyword;

/** Paths of Patroni's REST API that only the leader answers with 200. */
const LEADER_PATH = /^\/(primary|master|leader|read-write)\b/;
/** Paths that tell the role of a node. */
const ROLE_PATH = /^\/(primary|master|leader|read-write|replica|read-only|standby[-_]leader|async|sync)/;

/** Servers of a proxy whose sessions go on when their check fails, though they are bound to the leader. */
export function keepingSessions(proxy: Proxy): readonly Server[] {
  // Behind a check for the leader a PgBouncer stands for the PostgreSQL of its machine.
  const byRole = LEADER_PATH.test(checkUri(proxy)?.uri ?? '');
  return proxy.servers.filter((server) => {
    const { uncertain, line } = server.statement;
    const { port } = server.parsed;
    if (port !== POSTGRESQL_PORT && !(byRole && port === PGBOUNCER_PORT)) return false;
    if (uncertain || line.fault !== undefined) return false;
    return !server.has('on-marked-down');
  });
}

/** True when the health check of a server goes to the port of PostgreSQL or PgBouncer. */
function isCheckedAtDatabase(server: Server): boolean {
  const { port } = server.parsed;
  if (port !== POSTGRESQL_PORT && port !== PGBOUNCER_PORT) return false;
  if (!isSure(server.statement)) return false;
  return server.has('check') && server.value('port') === undefined && server.value('track') === undefined;
}

/** Rules for what is not HTTP. */
export const TCP_RULES: readonly HaproxyRule[] = [
  modeRule('HAP201', 'ssh', 'SSH', 'Git over SSH runs in HTTP mode'),
  modeRule('HAP202', 'gitaly', 'Gitaly or Praefect', 'Gitaly or Praefect runs in HTTP mode'),
  {
    id: 'HAP203',
    severity: 'warning',
    topic: TOPIC,
    title: 'Praefect connections have no TCP keep-alive',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        if (!carries(proxy, 'gitaly') || proxy.option('tcpka') !== false) continue;
        const option = proxy.frontend && proxy.option('clitcpka') === false ? 'clitcpka' : 'srvtcpka';
        if (option === 'srvtcpka' && (!proxy.backend || proxy.option('srvtcpka') !== false)) continue;
        const message = `"${proxy.name}" carries Gitaly without "option ${option}": idle connections are dropped silently.`;
        report({ span: nameOf(proxy), message, remedy: `Add "option ${option}".` });
      }
    },
  },
  {
    id: 'HAP204',
    severity: 'warning',
    topic: TOPIC,
    title: 'A timeout cuts long SSH, Gitaly or database sessions',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        if (!(['ssh', 'gitaly', 'database'] as const).some((role) => carries(proxy, role))) continue;
        for (const name of ['client', 'server']) {
          const side = name === 'client' ? proxy.frontend : proxy.backend;
          const value = proxy.timeout(name);
          if (!side || value === undefined || value === 0 || value >= FIVE_MINUTES) continue;
          const message = `"timeout ${name}" of ${value / 1000} s cuts sessions of "${proxy.name}" that are quiet for longer.`;
          report({
            span: nameOf(proxy),
            message,
            remedy: `Set "timeout ${name}" to at least 5m in this section.`,
          });
          break;
        }
      }
    },
  },
  {
    id: 'HAP205',
    severity: 'warning',
    topic: TOPIC,
    title: 'A database backend does not look for the primary',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        const direct = proxy.servers.filter((server) => server.parsed.port === 5432);
        if (direct.length < 2 || direct.every((server) => server.has('backup'))) continue;
        if (proxy.option('httpchk') !== false || proxy.option('external-check') !== false) continue;
        if (proxy.all('tcp-check').some(({ args }) => args[0]?.value === 'expect')) continue;
        if (proxy.option('pgsql-check') === true) continue;
        const message = `"${proxy.name}" takes every PostgreSQL that answers, replicas too: writes fail on those.`;
        report({
          span: nameOf(proxy),
          message,
          remedy: 'Check Patroni: "option httpchk GET /primary" and "check port 8008".',
        });
      }
    },
  },
  {
    id: 'HAP206',
    severity: 'warning',
    topic: TOPIC,
    title: 'Clients stay connected to a demoted primary',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        if (proxy.option('httpchk') !== true || !carries(proxy, 'database')) continue;
        const [server] = keepingSessions(proxy);
        if (server === undefined) continue;
        const message = `Sessions to "${server.name.value}" outlive its role: clients keep a demoted primary until a timeout.`;
        report({
          span: server.name,
          message,
          remedy: 'Add "on-marked-down shutdown-sessions" to the servers.',
        });
      }
    },
  },
  {
    id: 'HAP207',
    severity: 'warning',
    topic: TOPIC,
    title: "A Patroni check does not tell the primary's node",
    check({ proxies }, report) {
      for (const proxy of proxies) {
        const found = carries(proxy, 'database') ? checkUri(proxy) : undefined;
        if (
          found === undefined ||
          !/^\/(health|liveness|readiness|patroni|cluster|config|history|metrics)\b/.test(found.uri)
        )
          continue;
        const message = `Patroni answers "${found.uri}" with 200 on replicas as well.`;
        report({
          span: found.span,
          message,
          remedy: 'Check /primary for writes, /replica?lag=10MB for reads.',
        });
      }
    },
  },
  {
    id: 'HAP208',
    severity: 'warning',
    topic: TOPIC,
    title: 'option pgsql-check does not tell primary from replica',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        const option = proxy.own('option').find(({ args }) => args[0]?.value === 'pgsql-check');
        // Any PgBouncer may take the write; only PostgreSQL's own port is surely PostgreSQL.
        const direct = proxy.servers.filter(
          (server) => !server.has('backup') && server.parsed.port === POSTGRESQL_PORT,
        );
        if (option === undefined || direct.length < 2) continue;
        const message = '"option pgsql-check" proves a handshake only: a replica passes it too.';
        report({
          span: option.args[0] ?? option.keyword,
          message,
          remedy: 'Check Patroni: "option httpchk GET /primary" and "check port 8008".',
        });
      }
    },
  },
  {
    id: 'HAP209',
    severity: 'warning',
    topic: TOPIC,
    title: 'A read-only pool takes replicas however far behind',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        const found = checkUri(proxy);
        if (found === undefined || !/^\/(replica|read-only|async|asynchronous)$/.test(found.uri)) continue;
        const message = `"${found.uri}" accepts a replica however far it is behind.`;
        report({ span: found.span, message, remedy: `Write "${found.uri}?lag=10MB".` });
      }
    },
  },
  {
    id: 'HAP210',
    severity: 'warning',
    topic: TOPIC,
    title: 'Patroni is looked for at the port of the database',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        const found = proxy.option('httpchk') === true ? checkUri(proxy) : undefined;
        if (found === undefined || !ROLE_PATH.test(found.uri)) continue;
        if (proxy.all('http-check').some(({ args }) => args[0]?.value === 'connect')) continue;
        const server = proxy.servers.find(isCheckedAtDatabase);
        if (server === undefined) continue;
        const message = `The check asks for "${found.uri}" at port ${server.parsed.port} of "${server.name.value}", which answers no HTTP: the server is always down.`;
        report({ span: server.name, message, remedy: 'Add "port 8008", where Patroni answers.' });
      }
    },
  },
  modeRule('HAP211', 'database', 'PostgreSQL or PgBouncer', 'PostgreSQL or PgBouncer runs in HTTP mode'),
  modeRule('HAP212', 'redis', 'Redis', 'Redis runs in HTTP mode'),
  {
    id: 'HAP229',
    severity: 'warning',
    topic: TOPIC,
    title: 'The PROXY protocol is sent to OpenSSH',
    check({ proxies }, report) {
      for (const server of proxies.flatMap((proxy) => proxy.servers)) {
        if (server.parsed.port !== 22) continue;
        const sent = sentProxyProtocol(server);
        if (sent === undefined) continue;
        const message = `OpenSSH on port 22 does not understand "${sent}" and closes the connection.`;
        report({
          span: server.name,
          message,
          remedy: 'Remove it, or send to gitlab-sshd with proxy_protocol enabled.',
        });
      }
    },
  },
  {
    id: 'HAP242',
    severity: 'information',
    topic: TOPIC,
    title: 'option redis-check does not tell the master from a replica',
    check(subject, report) {
      if (!subject.document.text.includes('redis-check')) return;
      const reached = reachedBackends(subject);
      for (const proxy of subject.proxies) {
        const option = proxy.own('option').find(({ args }) => args[0]?.value === 'redis-check');
        if (option === undefined || !reached.has(proxy.name)) continue;
        const message = '"option redis-check" sends PING only: a read-only replica passes it too.';
        report({
          span: option.args[0] ?? option.keyword,
          message,
          remedy: 'Use tcp-check with "info replication" and expect role:master.',
        });
      }
    },
  },
];
