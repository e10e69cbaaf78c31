import type { Finding } from '../../../src/finding/finding';
import { readWorkspace, type WorkspaceReading } from '../../../src/workspace/workspace';
import { loadParser } from '../../../tools/fuzz/parser';

/** Its cluster.yaml. */
export const CLUSTER = `name: sample
network: { subnet: 172.30.0.0/24, vip: 172.30.0.100 }
nodes:
  - { name: node1, address: 172.30.0.11 }
  - { name: node2, address: 172.30.0.12 }
  - { name: node3, address: 172.30.0.13 }
`;
const HAPROXY = 'frontend db\n  bind 172.30.0.100:6432\n';
const KEEPALIVED = 'vrrp_instance gitlab {\n  virtual_ipaddress {\n    172.30.0.100/24\n  }\n}\n';
const ROLES = ['redis_master_role', 'redis_replica_role', 'redis_replica_role'];

/** gitlab.rb of a node with all roles of the lab, and nothing else. */
export const rolesOf = (index: number): string =>
  `roles %w[patroni_role pgbouncer_role ${ROLES[index] ?? ''} redis_sentinel_role]\n`;

/** A workspace without a mistake, with some files replaced (undefined: removed). */
export function workspace(changes: Readonly<Record<string, string | undefined>> = {}): Map<string, string> {
  const files = new Map([
    ['cluster.yaml', CLUSTER],
    ['haproxy/haproxy.cfg', HAPROXY],
    ['keepalived/keepalived.conf', KEEPALIVED],
    ...[0, 1, 2].map((index) => [`nodes/node${index + 1}/gitlab.rb`, rolesOf(index)] as const),
  ]);
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return files;
}

/** Reads such a workspace with the real parser. */
export function read(changes: Readonly<Record<string, string | undefined>> = {}): Promise<WorkspaceReading> {
  return readWorkspace(workspace(changes), loadParser);
}

/** Reads it with further lines in node1's gitlab.rb. */
export function readWith(lines: string): Promise<WorkspaceReading> {
  return read({ 'nodes/node1/gitlab.rb': rolesOf(0) + lines });
}

/** A finding as `severity code file:line message`, lines counted from one. */
export function brief({ severity, code, file, range, message }: Finding): string {
  return `${severity} ${code} ${file}:${range.start.line + 1} ${message}`;
}
