import type { Severity } from '../../finding/finding';
import { rulesOf, type RuleInfo, type RuleTable } from '../../finding/rule-info';

const FILES = 'Files of a workspace';
const NODE = "What the lab needs of a node's gitlab.rb";
const BETWEEN = 'Between the nodes';
const REMARKS = 'What the lab does otherwise';

const rule = (severity: Severity, topic: string, title: string): Omit<RuleInfo, 'id'> => ({
  severity,
  topic,
  title,
});

/** What is wrong with the values and roles of one node, and between the nodes of a workspace. */
const LAB = {
  LAB001: rule('error', NODE, 'A value cannot be known without running Ruby'),
  LAB002: rule('error', NODE, 'A value cannot be used'),
  LAB010: rule('information', REMARKS, 'The lab does not use the setting'),
  LAB011: rule('information', REMARKS, "The lab's own secret replaces the setting"),
  LAB012: rule('information', REMARKS, 'cluster.yaml decides what the setting says'),
  LAB013: rule('warning', REMARKS, 'GitLab knows no such setting'),
  LAB014: rule('warning', REMARKS, 'A further file is not read'),
  LAB015: rule('warning', REMARKS, 'A Ruby variable hides a setting'),
  LAB016: rule('warning', REMARKS, 'A network has no counterpart in the lab'),
  LAB020: rule('error', BETWEEN, 'The nodes name different Patroni scopes'),
  LAB021: rule('error', BETWEEN, 'The nodes name different Consul datacenters'),
  LAB022: rule('error', BETWEEN, 'The nodes name different Redis masters'),
  LAB023: rule('error', BETWEEN, 'Not exactly one node starts as Redis master'),
  LAB024: rule('error', BETWEEN, "The Redis master's address is another node's"),
  LAB025: rule('error', BETWEEN, 'The number of Consul servers makes no majority'),
  LAB026: rule('error', BETWEEN, 'bootstrap_expect is not the number of Consul servers'),
  LAB027: rule('error', BETWEEN, 'More Sentinels must agree than there are'),
  LAB028: rule('warning', BETWEEN, 'Consul is to join a stranger'),
  LAB029: rule('error', BETWEEN, 'The nodes name different databases or accounts'),
  LAB030: rule('error', NODE, 'The role is unknown or contradicts another'),
  LAB031: rule('warning', NODE, 'The roles leave a service off that cluster.yaml places here'),
  LAB032: rule('error', NODE, 'Two services of a node have the same port'),
  LAB033: rule('error', NODE, 'A service listens where the node has no address'),
  LAB034: rule('error', BETWEEN, 'The nodes write different values of the whole database cluster'),
  LAB035: rule('error', NODE, "The lab's object store is none of this provider"),
  LAB036: rule('error', BETWEEN, 'The nodes name different object stores'),
  LAB037: rule('error', BETWEEN, 'The nodes name different Git storages'),
  LAB038: rule('error', BETWEEN, 'The nodes have different tokens for Git storage'),
  LAB039: rule('error', BETWEEN, 'No Sidekiq takes the jobs of a queue'),
} satisfies RuleTable<string>;

/** What is wrong with the files of a workspace and the addresses in them. */
const WSP = {
  WSP001: rule('error', FILES, 'There is no cluster.yaml'),
  WSP002: rule('warning', FILES, 'A node has no gitlab.rb'),
  WSP003: rule('error', FILES, 'A node has no haproxy.cfg or keepalived.conf'),
  WSP004: rule('warning', FILES, 'An address of the subnet belongs to nobody'),
  WSP005: rule('warning', FILES, 'keepalived.conf does not mention the VIP'),
  WSP006: rule('warning', FILES, 'A folder belongs to no node'),
  WSP007: rule('error', FILES, 'A file of the workspace cannot be read'),
  WSP008: rule('error', FILES, 'A file of the workspace is too large'),
  WSP009: rule('error', FILES, 'A file of the workspace is a link to outside of it'),
  WSP010: rule('error', FILES, 'keepalived.conf gives a node an address it cannot have'),
  WSP011: rule('error', FILES, 'A node that may hold the VIP is not heard'),
  WSP012: rule('warning', FILES, 'A pool of servers leaves a node out'),
  WSP013: rule('error', FILES, 'HAProxy and a service disagree about the PROXY protocol'),
  WSP014: rule('error', FILES, 'HAProxy and a service disagree about TLS'),
  WSP015: rule('warning', FILES, 'HAProxy leads to a port where nothing listens'),
  WSP016: rule('error', FILES, 'HAProxy may not ask a node for its health'),
} satisfies RuleTable<string>;

/** Id of a rule that needs more than one file, or what the lab makes of one. */
export type WorkspaceRuleId = keyof typeof LAB | keyof typeof WSP;

export const LAB_RULES = rulesOf<keyof typeof LAB>(LAB);
export const FILE_RULES = rulesOf<keyof typeof WSP>(WSP);

const IDS: ReadonlySet<string> = new Set([...LAB_RULES, ...FILE_RULES].map(({ id }) => id));
const REMARK_IDS: ReadonlySet<string> = new Set(
  LAB_RULES.filter(({ topic }) => topic === REMARKS).map(({ id }) => id),
);

/** True for findings of a workspace; those of the languages are found in each file by itself as well. */
export function isWorkspaceRule(id: string): boolean {
  return IDS.has(id);
}

/**
 * True for what only whoever deploys a lab wants to know: that the lab does something otherwise than a real node. In the
 * editor it would stand at half of the lines.
 */
export function isRemark(id: string): boolean {
  return REMARK_IDS.has(id);
}
