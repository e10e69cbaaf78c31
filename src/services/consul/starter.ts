import { nodesOf } from '../core/placement';
import { heading, majorityOf, Numeral, numeral, rubyWords } from '../core/starter';
import type { Starter, StarterContext } from '../core/starter';

/** Consul in a new workspace: a server where the coordination layer runs, an agent that asks the servers elsewhere. */
export const consulStarter: Starter = {
  gitlabRb: (context) =>
    [
      heading(titleOf(context), 113),
      ...configuration(context),
      '# Encrypts the gossip between the servers: `gitlab-ctl consul encrypt keygen`.',
      "consul['encryption_key'] = 'bGFiLWV4YW1wbGUta2V5LW9mLTMyLWJ5dGVzLWxvbmc='",
      ...watching(context),
    ].join('\n'),
};

function titleOf({ cluster }: StarterContext): string {
  return cluster.dcs === 'consul'
    ? "Consul: the cluster's memory of who leads"
    : 'Consul: which services are there, and which nodes are alive';
}

function configuration(context: StarterContext): readonly string[] {
  const { node } = context;
  const servers = nodesOf(context, 'coordination');
  const isServer = servers.some(({ name }) => name === node.name);
  const join = `  retry_join: ${rubyWords(servers.map(({ address }) => address))},`;
  const bind = `  bind_addr: '${node.address}', # this node`;
  if (!isServer) {
    return [
      `# An agent without a vote: what runs here asks the ${numeral(servers.length)} servers through it.`,
      "consul['configuration'] = {",
      '  server: false,',
      join,
      bind,
      '}',
    ];
  }
  const majority = majorityOf(servers.length);
  const rest = servers.length - majority;
  return [
    `# ${Numeral(servers.length)} servers, so that ${numeral(majority)} can outvote ${numeral(rest)}. \`bootstrap_expect\` is the number of servers that must have found`,
    `# each other before the first election; 1 on ${numeral(servers.length)} machines would make ${numeral(servers.length)} clusters.`,
    "consul['configuration'] = {",
    '  server: true,',
    `  bootstrap_expect: ${servers.length},`,
    join,
    bind,
    '}',
  ];
}

/** Only where the database runs there is something to announce. */
function watching(context: StarterContext): readonly string[] {
  if (!nodesOf(context, 'database').some(({ name }) => name === context.node.name)) return [];
  return [
    '# Announces PostgreSQL, and watches the announcement to tell PgBouncer who leads.',
    "consul['services'] = %w[postgresql]",
    "consul['watchers'] = %w[postgresql]",
  ];
}
