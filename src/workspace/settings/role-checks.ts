import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { suggestion } from '../../finding/did-you-mean';
import type { Range } from '../../finding/finding';
import { labCluster } from '../../services/lab-layers';
import { servicesOn } from '../../services/placement';
import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import type { Reporter } from './reporter';
import { ROLES } from '../../languages/gitlab-rb/schema/roots';
import { valueAt, type RubyValue, type UnknownValue } from '../../languages/gitlab-rb/evaluate/value';

/** A role and where it is asked for. */
interface NamedRole {
  readonly name: string;
  readonly range: Range;
}

/** What the roles of a node say; undefined `range` when it names none. */
export interface NodeRoles {
  readonly names: ReadonlySet<string>;
  readonly range: Range | undefined;
}

/** Reads `roles [...]` and `<role>['enable'] = true`, and checks them against cluster.yaml. */
export function readRoles(
  config: EvaluatedConfig,
  cluster: Cluster,
  node: ClusterNode,
  report: Reporter,
): NodeRoles {
  const value = config.tree.get('roles');
  const listed = listedRoles(value, report);
  const enabled = [...ROLES].flatMap((role) => enabledRole(config, role));
  const roles = [...listed.roles, ...enabled];
  for (const role of listed.roles) {
    if (ROLES.has(role.name)) continue;
    const message = `GitLab knows no role "${role.name}".`;
    report('error', 'LAB030', role.range, message, suggestion(role.name, [...ROLES]));
  }
  const names = new Set(roles.map((role) => role.name));
  const replica = roles.find((role) => role.name === 'redis_replica_role');
  if (replica !== undefined && names.has('redis_master_role')) {
    const message = 'A node cannot have both redis_master_role and redis_replica_role.';
    report('error', 'LAB030', replica.range, message, 'Keep one of the two.');
  }
  const range = value === undefined || value.kind === 'nil' ? undefined : value.range;
  if (range !== undefined && listed.unknown === undefined)
    checkMissing(config, cluster, node, names, range, report);
  return { names, range };
}

function listedRoles(
  value: RubyValue | undefined,
  report: Reporter,
): { roles: readonly NamedRole[]; unknown?: UnknownValue } {
  if (value === undefined || value.kind === 'nil') return { roles: [] };
  const items = value.kind === 'array' ? value.items : [value];
  const roles: NamedRole[] = [];
  for (const item of items) {
    if (item.kind === 'unknown') {
      const message = `The roles cannot be known here: ${item.reason}.`;
      report('error', 'LAB001', item.range, message, 'Write the roles out as texts.');
      return { roles, unknown: item };
    }
    if (item.kind === 'string') roles.push({ name: item.value.replaceAll('-', '_'), range: item.range });
    else
      report('error', 'LAB002', item.range, 'A role must be a text.', "Write it in quotes: 'patroni_role'.");
  }
  return { roles };
}

function enabledRole(config: EvaluatedConfig, role: string): NamedRole[] {
  const value = valueAt(config.tree.get(role), ['enable']);
  return value?.kind === 'boolean' && value.value ? [{ name: role, range: value.range }] : [];
}

/** Naming one role switches everything else off on a real node; the lab follows cluster.yaml. */
function checkMissing(
  config: EvaluatedConfig,
  cluster: Cluster,
  node: ClusterNode,
  names: ReadonlySet<string>,
  range: Range,
  report: Reporter,
): void {
  const missing = servicesOn(labCluster(cluster), node.name).filter(
    ({ roles, gitlabRbRoots: [root = ''] }) => {
      if (roles === undefined) return false;
      const enabled = valueAt(config.tree.get(root), ['enable']);
      const on = enabled?.kind === 'boolean' && enabled.value;
      return !on && !roles.some((role) => names.has(role));
    },
  );
  if (missing.length === 0) return;
  const titles = missing.map((one) => one.program ?? one.title).join(', ');
  const message = `These roles leave ${titles} off on ${node.name}; the lab runs what cluster.yaml places there.`;
  const wanted = missing.map(
    ({ roles, gitlabRbRoots: [root = ''] }) => roles?.[0] ?? `${root}['enable'] = true`,
  );
  const remedy = `Add ${wanted.join(', ')}, or take ${node.name} out of these layers in cluster.yaml.`;
  report('warning', 'LAB031', range, message, remedy);
}
