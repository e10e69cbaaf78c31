import { rulesOf, type RuleTable } from '../finding/rule-info';

const FORM = 'Form of cluster.yaml';
const NETWORK = 'Network';
const NODES = 'Nodes and layers';
const LAB = 'Options of the lab';

const error = (topic: string, title: string) => ({ severity: 'error', topic, title }) as const;

/** Every rule for cluster.yaml. All are errors: nothing is created from a description that is wrong. */
const TABLE = {
  CLU001: error(FORM, 'The YAML cannot be read'),
  CLU002: error(FORM, 'The file is too large or too deep'),
  CLU003: error(FORM, 'There is more than one YAML document'),
  CLU004: error(FORM, 'A value is of the wrong type'),
  CLU005: error(FORM, 'The key is unknown'),
  CLU006: error(FORM, 'A key is missing'),
  CLU007: error(NODES, 'A name cannot be a host name'),
  CLU008: error(NODES, 'Two nodes have one name'),
  CLU009: error(NETWORK, 'Two nodes have one address'),
  CLU010: error(NETWORK, 'There is no such IPv4 address or network'),
  CLU011: error(NETWORK, "A node's address is outside the subnet"),
  CLU012: error(NETWORK, 'The VIP is outside the subnet'),
  CLU013: error(NETWORK, 'The VIP is the address of something else'),
  CLU014: error(NETWORK, "A node has the network's own address"),
  CLU015: error(NODES, 'There are too few or too many nodes'),
  CLU016: error(NODES, 'The number of Consul servers is even or too small'),
  CLU017: error(NODES, 'There is no such layer'),
  CLU018: error(NODES, 'A layer is placed on nodes it cannot run on'),
  CLU019: error(FORM, 'The value is none of those the key takes'),
  CLU020: error(LAB, 'The choice is not available in this version'),
  CLU021: error(LAB, 'A node has too little memory'),
  CLU022: error(LAB, 'The port is none'),
  CLU023: error(LAB, 'A node has too little of a processor'),
  CLU024: error(FORM, 'A version is not of the form major.minor'),
  CLU025: error(FORM, 'A value is an alias'),
  CLU026: error(FORM, 'The key is there twice'),
  CLU027: error(NODES, 'The database has nothing to elect a leader with'),
} satisfies RuleTable<string>;

/** Id of a rule for cluster.yaml. */
export type ClusterRuleId = keyof typeof TABLE;

export const CLUSTER_RULES = rulesOf<ClusterRuleId>(TABLE);
