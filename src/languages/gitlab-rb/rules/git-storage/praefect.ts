import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { truthy, type RubyValue } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { lacks, virtualStorages, type PraefectNode, type VirtualStorage } from './model';
import { isLoopback, hostPort } from '../support/address';
import { lineBelowKey, serviceSpan } from '../support/places';
import { booleanAt, digitsAt, enabled, isUnset, knownAt, unset } from '../support/read';
import { plainAt } from '../support/template';

const TOPIC = 'Gitaly and Praefect';
const CONFIGURATION = ['configuration'] as const;
const EXAMPLE =
  "[{ name: 'default', node: [{ storage: 'gitaly-1', address: 'tcp://10.0.0.11:8075', token: '…' }, …] }]";

function running(subject: GitlabRbSubject): boolean {
  return enabled(subject, 'praefect') === true;
}

type Refuse = (span: Span, what: string, remedy: string) => void;

/** What Praefect does not start with, in the order in which it looks. */
function checkVirtualStorages(subject: GitlabRbSubject, refuse: Refuse): void {
  const found = knownAt(subject, 'praefect', ...CONFIGURATION, 'virtual_storage');
  if (found === undefined) {
    missingStorages(subject, refuse);
    return;
  }
  const { value, span } = found;
  if (value.kind !== 'array') {
    refuse(span, `virtual_storage is a ${value.kind}, not a list`, `Write a list: ${EXAMPLE}.`);
    return;
  }
  if (value.items.length === 0) {
    refuse(span, 'the list of virtual storages is empty', `Name at least one: ${EXAMPLE}.`);
  }
  for (const item of value.items) {
    if (item.kind === 'hash' || item.kind === 'unknown') continue;
    refuse(subject.span(item.range), `a virtual storage is a ${item.kind}, not a hash`, `Write ${EXAMPLE}.`);
  }
  for (const storage of virtualStorages(subject)) checkStorage(subject, storage, refuse);
}

function missingStorages(subject: GitlabRbSubject, refuse: Refuse): void {
  if (!unset(subject, 'praefect', ...CONFIGURATION, 'virtual_storage')) return;
  // The form of GitLab 15 and before has its own rule.
  if (!unset(subject, 'praefect', 'virtual_storages')) return;
  const span = serviceSpan(subject, 'praefect');
  if (span === undefined) return;
  refuse(
    span,
    'no virtual storage is configured',
    `Set praefect['configuration'][:virtual_storage] = ${EXAMPLE}.`,
  );
}

function checkStorage(
  subject: GitlabRbSubject,
  { hash, span, name, nodes }: VirtualStorage,
  refuse: Refuse,
): void {
  if (lacks(hash, 'name') || name?.value === '') {
    refuse(name?.span ?? span, 'a virtual storage has no name', "Give it a name: { name: 'default', … }.");
  }
  const title = name === undefined ? 'a virtual storage' : `virtual storage "${name.value}"`;
  const list = hash.entries.get('node')?.value;
  const nodeKey = `Write node: [{ storage: 'gitaly-1', address: 'tcp://10.0.0.11:8075', token: '…' }, …].`;
  if (lacks(hash, 'node')) {
    const old = hash.entries.get('nodes');
    const place = old === undefined ? span : subject.span(old.keyRange);
    refuse(
      place,
      old === undefined ? `${title} has no nodes` : `${title} has "nodes" instead of "node"`,
      nodeKey,
    );
  } else if (list !== undefined && list.kind !== 'array' && list.kind !== 'unknown' && !isUnset(list)) {
    refuse(subject.span(list.range), `the nodes of ${title} are a ${list.kind}, not a list`, nodeKey);
  } else if (list?.kind === 'array' && list.items.length === 0) {
    refuse(subject.span(list.range), `${title} has no nodes`, nodeKey);
  }
  for (const node of nodes ?? []) checkNode(node, title, refuse);
  checkFactor(subject, hash.entries.get('default_replication_factor')?.value, nodes, title, refuse);
}

function checkNode({ hash, span, storage, address }: PraefectNode, title: string, refuse: Refuse): void {
  if (lacks(hash, 'storage') || storage?.value === '') {
    refuse(
      span,
      `a node of ${title} has no storage`,
      "Add the name of the storage in that Gitaly: storage: 'gitaly-1'.",
    );
  }
  if (lacks(hash, 'address') || address?.value === '') {
    refuse(
      span,
      `a node of ${title} has no address`,
      "Add where that Gitaly listens: address: 'tcp://10.0.0.11:8075'.",
    );
  }
}

function checkFactor(
  subject: GitlabRbSubject,
  factor: RubyValue | undefined,
  nodes: readonly PraefectNode[] | undefined,
  title: string,
  refuse: Refuse,
): void {
  if (factor?.kind !== 'integer' || nodes === undefined || nodes.length === 0) return;
  if (factor.value <= nodes.length) return;
  const what = `default_replication_factor is ${factor.value}, but ${title} has ${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}`;
  refuse(
    subject.span(factor.range),
    what,
    `Write ${nodes.length} or less, or leave it out: then every node keeps a copy.`,
  );
}

const REFUSED: GitlabRbRule = {
  id: 'GLR133',
  severity: 'error',
  topic: TOPIC,
  title: 'Praefect does not start with these virtual storages',
  check(subject, report) {
    if (!running(subject)) return;
    checkVirtualStorages(subject, (span, what, remedy) => {
      report({ span, message: `Praefect does not start: ${what}.`, remedy });
    });
  },
};

const TWICE: GitlabRbRule = {
  id: 'GLR134',
  severity: 'error',
  topic: TOPIC,
  title: 'A storage or address of Praefect occurs twice',
  check(subject, report) {
    if (!running(subject)) return;
    const names = new Map<string, Span>();
    const addresses = new Map<string, Span>();
    for (const { name, nodes } of virtualStorages(subject)) {
      const storages = new Map<string, Span>();
      const seen = (
        kind: string,
        known: Map<string, Span>,
        found: { readonly value: string; readonly span: Span } | undefined,
      ): void => {
        if (found === undefined || found.value === '') return;
        const first = known.get(found.value);
        if (first === undefined) {
          known.set(found.value, found.span);
          return;
        }
        const message = `Praefect does not start: the ${kind} "${found.value}" occurs twice.`;
        const related = { span: first, message: 'The first one is here.' };
        report({ span: found.span, message, remedy: `Give each its own ${kind}.`, related });
      };
      seen('virtual storage name', names, name);
      for (const node of nodes ?? []) {
        seen('storage', storages, node.storage);
        seen('address', addresses, node.address);
      }
    }
  },
};

const POOLED: GitlabRbRule = {
  id: 'GLR130',
  severity: 'warning',
  topic: TOPIC,
  title: 'Praefect reaches its database through PgBouncer only',
  check(subject, report) {
    if (!running(subject)) return;
    const database = [...CONFIGURATION, 'database'];
    const port = digitsAt(subject, 'praefect', ...database, 'port');
    if (port?.value !== (digitsAt(subject, 'pgbouncer', 'listen_port')?.value ?? 6432)) return;
    if (!unset(subject, 'praefect', ...database, 'session_pooled')) return;
    if (!unset(subject, 'praefect', ...database, 'host_no_proxy')) return;
    const mode = knownAt(subject, 'pgbouncer', 'pool_mode')?.value;
    if (mode !== undefined && (mode.kind !== 'string' || mode.value !== 'transaction')) return;
    const message = `Praefect's database is at port ${port.value}, PgBouncer's, and session_pooled is missing: LISTEN does not work through a transaction pool.`;
    const remedy =
      "Add a direct way to the leader: session_pooled: { host: '…', port: 5432, … }, or use PostgreSQL's port.";
    report({ span: port.span, message, remedy });
  },
};

const PINNED: GitlabRbRule = {
  id: 'GLR131',
  severity: 'warning',
  topic: TOPIC,
  title: 'Praefect is tied to the PostgreSQL of one machine',
  check(subject, report) {
    if (!running(subject) || enabled(subject, 'patroni') !== true) return;
    const host = plainAt(subject, 'praefect', ...CONFIGURATION, 'database', 'host');
    if (host === undefined) return;
    const port = digitsAt(subject, 'praefect', ...CONFIGURATION, 'database', 'port')?.value ?? 5432;
    const own = plainAt(subject, 'patroni', 'connect_address')?.value;
    const here = isLoopback(host.value) || host.value.startsWith('/') || host.value === own;
    if (!here || port !== (digitsAt(subject, 'postgresql', 'port')?.value ?? 5432)) return;
    const message = `Praefect uses the PostgreSQL of this machine (${host.value}), which is not always the leader: elsewhere it can only be read.`;
    const remedy =
      "Use an address that follows the leader, e.g. HAProxy's with a check of Patroni's /primary.";
    report({ span: host.span, message, remedy });
  },
};

const SHARED_DATABASE: GitlabRbRule = {
  id: 'GLR132',
  severity: 'warning',
  topic: TOPIC,
  title: "Praefect uses GitLab's own database",
  check(subject, report) {
    if (!running(subject)) return;
    const name = plainAt(subject, 'praefect', ...CONFIGURATION, 'database', 'dbname');
    if (name === undefined) return;
    const rails = unset(subject, 'gitlab_rails', 'db_database')
      ? 'gitlabhq_production'
      : plainAt(subject, 'gitlab_rails', 'db_database')?.value;
    if (name.value !== rails) return;
    const message = `"${name.value}" is the database of GitLab itself; both programs would migrate it.`;
    const remedy = "Create a database and a user for Praefect and name it here, e.g. 'praefect_production'.";
    report({ span: name.span, message, remedy });
  },
};

const NO_ELECTION: GitlabRbRule = {
  id: 'GLR145',
  severity: 'warning',
  topic: TOPIC,
  title: 'Praefect chooses no new primary',
  check(subject, report) {
    const path = [...CONFIGURATION, 'failover', 'enabled'];
    const found = booleanAt(subject, 'praefect', ...path);
    if (found?.value !== false || enabled(subject, 'praefect') === false) return;
    const message =
      'failover is switched off: when the Gitaly with the primary copy stops, nobody takes over.';
    const fix = { title: 'Set it to true', edits: [{ ...found.span, newText: 'true' }] };
    report({ span: found.span, message, remedy: 'Set it to true, or remove it: true is the default.', fix });
  },
};

const ONE_COPY: GitlabRbRule = {
  id: 'GLR146',
  severity: 'warning',
  topic: TOPIC,
  title: 'New repositories are kept once',
  check(subject, report) {
    if (!running(subject)) return;
    for (const { hash, name, nodes } of virtualStorages(subject)) {
      const factor = hash.entries.get('default_replication_factor')?.value;
      if (factor?.kind !== 'integer' || factor.value !== 1 || nodes?.length === 1) continue;
      const where = name === undefined ? 'a virtual storage' : `"${name.value}"`;
      report({
        span: subject.span(factor.range),
        message: `default_replication_factor is 1: each new repository of ${where} lives on one Gitaly only.`,
        remedy: 'Leave it out: then every node keeps a copy. Or write 2 or more.',
      });
    }
  },
};

const FEW_NODES: GitlabRbRule = {
  id: 'GLR151',
  severity: 'information',
  topic: TOPIC,
  title: 'A virtual storage has fewer than three nodes',
  check(subject, report) {
    if (!running(subject)) return;
    for (const { hash, name, nodes } of virtualStorages(subject)) {
      const list = hash.entries.get('node');
      if (nodes === undefined || list === undefined || nodes.length === 0 || nodes.length > 2) continue;
      const where = name === undefined ? 'This virtual storage' : `Virtual storage "${name.value}"`;
      const [count, loss] =
        nodes.length === 1
          ? ['one node', 'when it stops, its repositories are gone']
          : ['two nodes', 'when one stops, no second copy is written'];
      report({
        span: subject.span(list.keyRange),
        message: `${where} has ${count}: ${loss}.`,
        remedy: 'Use three Gitaly nodes.',
      });
    }
  },
};

const NOT_REACHABLE: GitlabRbRule = {
  id: 'GLR138',
  severity: 'warning',
  topic: TOPIC,
  title: 'Only this machine can reach Praefect',
  check(subject, report) {
    if (!running(subject) || !listensForItselfOnly(subject)) return;
    // With Gitaly on other machines this is a cluster; a GitLab that asks its own Praefect needs no other door.
    const storages = virtualStorages(subject).flatMap(({ nodes }) => nodes ?? []);
    const hosts = new Set(
      storages.map(({ address }) => hostPort(address?.value.replace(/^.*\//, '') ?? '').host),
    );
    if (hosts.size < 2 || asksItself(subject)) return;
    const written = plainAt(subject, 'praefect', ...CONFIGURATION, 'listen_addr');
    const span = written?.span ?? serviceSpan(subject, 'praefect');
    if (span === undefined) return;
    const address = written === undefined ? 'localhost:2305, the default' : written.value;
    const line = "praefect['configuration'][:listen_addr] = '0.0.0.0:2305'";
    const edit =
      written === undefined
        ? lineBelowKey(subject, line, 'praefect', 'configuration', 'virtual_storage')
        : { ...written.span, newText: "'0.0.0.0:2305'" };
    report({
      span,
      message: `Praefect listens on ${address}: the load balancer and the other machines do not reach it.`,
      remedy: `Let it listen on this machine's address: ${line}.`,
      ...(edit === undefined ? {} : { fix: { title: 'Listen on all addresses', edits: [edit] } }),
    });
  },
};

function listensForItselfOnly(subject: GitlabRbSubject): boolean {
  // The flat key of GitLab 15 and before has its own rule.
  if (!unset(subject, 'praefect', 'listen_addr')) return false;
  const tls = subject.value('praefect', ...CONFIGURATION, 'tls_listen_addr');
  if (!isUnset(tls) && !(tls?.kind === 'string' && tls.value === '')) return false;
  if (unset(subject, 'praefect', ...CONFIGURATION, 'listen_addr')) return true;
  const written = plainAt(subject, 'praefect', ...CONFIGURATION, 'listen_addr');
  return written !== undefined && isLoopback(hostPort(written.value).host);
}

/** True when GitLab on this machine is told to use this machine's Praefect, or when that is not known. */
function asksItself(subject: GitlabRbSubject): boolean {
  if (enabled(subject, 'puma') === false) return false;
  const storages = subject.value('gitlab_rails', 'repositories_storages');
  if (isUnset(storages)) return false;
  if (storages?.kind !== 'hash' || storages.open !== undefined) return true;
  return [...storages.entries.values()].some(({ value }) => {
    const address = value.kind === 'hash' ? value.entries.get('gitaly_address')?.value : value;
    return address?.kind !== 'string' || /^\w+:\/\/(localhost|127\.|\[::1\])/.test(address.value);
  });
}

const ONE_MACHINE: GitlabRbRule = {
  id: 'GLR147',
  severity: 'information',
  topic: TOPIC,
  title: 'Praefect and Gitaly share a machine',
  check(subject, report) {
    if (!running(subject) || enabled(subject, 'gitaly') !== true) return;
    const span = serviceSpan(subject, 'praefect');
    const written = subject.value('gitaly', 'enable');
    const asked = written !== undefined && truthy(written);
    if (span === undefined || !(asked || subject.roles?.has('gitaly_role') === true)) return;
    report({
      span,
      message:
        'Praefect and Gitaly run on the same machine: what stops one stops the other, and they share its load.',
      remedy: 'GitLab recommends machines of their own for both. For a lab or a small cluster this is fine.',
    });
  },
};

/** Rules about Praefect itself. */
export const PRAEFECT_RULES: readonly GitlabRbRule[] = [
  POOLED,
  PINNED,
  SHARED_DATABASE,
  REFUSED,
  TWICE,
  NOT_REACHABLE,
  NO_ELECTION,
  ONE_COPY,
  ONE_MACHINE,
  FEW_NODES,
];
