import { CLUSTER_RULES } from '../cluster/cluster-rules';
import type { RuleInfo } from '../finding/rule-info';
import type { Rule } from '../languages/core/rules/rule';
import { COMPOSE_RULES } from '../languages/compose/rules';
import { GITLAB_RB_RULES } from '../languages/gitlab-rb/rules';
import { HAPROXY_RULES } from '../languages/haproxy/rules';
import { KEEPALIVED_RULES } from '../languages/keepalived/rules';
import { FILE_RULES, LAB_RULES } from './rules/workspace-rules';

/** What the index of rules says of one; its page is docs/rules/<id>.md. */
export type CatalogueEntry = RuleInfo;

/** The hint about comments that silence nothing; the run of the rules itself finds it. */
function unusedSuppression(prefix: string, topic: string): CatalogueEntry {
  return { id: `${prefix}000`, severity: 'hint', topic, title: 'A suppression silences nothing' };
}

function entries<Subject>(rules: readonly Rule<Subject>[]): CatalogueEntry[] {
  return rules.map(({ id, severity, topic, title }) => ({ id, severity, topic, title }));
}

/** Rules for gitlab.rb. */
export const GITLAB_RB_CATALOGUE: readonly CatalogueEntry[] = [
  unusedSuppression('GLR', 'Ruby and the loader'),
  ...entries(GITLAB_RB_RULES),
];

/** Rules for HAProxy. */
export const HAPROXY_CATALOGUE: readonly CatalogueEntry[] = [
  unusedSuppression('HAP', 'Lines and words'),
  ...entries(HAPROXY_RULES),
];

/** Rules for Keepalived. */
export const KEEPALIVED_CATALOGUE: readonly CatalogueEntry[] = [
  unusedSuppression('KAD', 'Lines and blocks'),
  ...entries(KEEPALIVED_RULES),
];

/** Rules for cluster.yaml. */
export const CLUSTER_CATALOGUE: readonly CatalogueEntry[] = [
  unusedSuppression('CLU', 'Form of cluster.yaml'),
  ...CLUSTER_RULES,
];

/** Rules for compose files. */
export const COMPOSE_CATALOGUE: readonly CatalogueEntry[] = [
  unusedSuppression('CMP', 'Compose files'),
  ...entries(COMPOSE_RULES),
];

/** Rules for the files of a workspace together: what the lab needs of a node, and what stands between the nodes. */
export const WORKSPACE_CATALOGUE: readonly CatalogueEntry[] = [...LAB_RULES, ...FILE_RULES];

/** All rules, by what they are for, in the order of the index. */
export const CATALOGUES: readonly (readonly [title: string, rules: readonly CatalogueEntry[]])[] = [
  ['gitlab.rb', GITLAB_RB_CATALOGUE],
  ['HAProxy', HAPROXY_CATALOGUE],
  ['Keepalived', KEEPALIVED_CATALOGUE],
  ['cluster.yaml', CLUSTER_CATALOGUE],
  ['Compose files', COMPOSE_CATALOGUE],
  ['Workspaces', WORKSPACE_CATALOGUE],
];

/** Every rule of every language, and of workspaces. */
export const CATALOGUE: readonly CatalogueEntry[] = CATALOGUES.flatMap(([, rules]) => rules);

/** Ids of earlier versions, with the rule that finds the same today. */
export const FORMER_IDS: Readonly<Record<string, string>> = { GRB001: 'GLR011', GRB002: 'GLR025' };
