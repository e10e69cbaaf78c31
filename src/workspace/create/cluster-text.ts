import type { WorkspaceAnswers, LayerAnswer } from './answers';

/** cluster.yaml of a new workspace. Values are written as they are: reading it tells what is wrong with them. */
export function clusterText(answers: WorkspaceAnswers): string {
  const { name, domain, gitlabVersion, haproxyVersion, dcs, subnet, vip, nodes } = answers;
  return `# The cluster in one page: who is in it, where it answers, and what runs where.
# Everything else is in the files the real machines use: nodes/<node>/gitlab.rb, haproxy/haproxy.cfg and
# nodes/<node>/keepalived.conf.
name: ${name}
domain: ${domain}
gitlab_version: "${gitlabVersion}"
haproxy_version: "${haproxyVersion}"
dcs: ${dcs}

# The nodes' own network. The lab uses a free network of its own and carries these addresses over to it,
# host part by host part, so nothing here can clash with a network of this machine.
network:
  subnet: ${subnet}
  vip: ${vip}

nodes:
${nodes.map((node) => `  - { name: ${node.name}, address: ${node.address} }\n`).join('')}
# Which layer runs on which nodes. One that is not named runs on all of them; coordination on an odd number.
${layersText(answers)}
# Only the lab reads this section.
lab:
  profile: core
  timings: fast # or production: what the GitLab package ships
  memory_mb: 1024 # per node
  cpus: 0 # per node; 0 = no limit
  http_port: 0 # on 127.0.0.1; 0 = any free port
  https_port: 0
  ssh_port: 0
${askedText(answers)}`;
}

/** What the lab runs: all there is, unless something is left out. */
function askedText({ asked }: WorkspaceAnswers): string {
  return asked === undefined
    ? '  # layers: [coordination, database, cache, access] # for a small machine: only these and what they need\n'
    : `  layers: [${asked.join(', ')}]\n`;
}

function layersText({ layers, nodes }: WorkspaceAnswers): string {
  const placed = Object.entries(layers).map(([id, layer]) => `  ${id}: ${layerText(layer)}\n`);
  if (placed.length > 0) return `layers:\n${placed.join('')}`;
  const example = nodes.slice(0, 3).map(({ name }) => name);
  return `# layers:\n#   coordination: ${layerText({ nodes: example })}\n`;
}

function layerText({ nodes, voters = [] }: LayerAnswer): string {
  const voting = voters.length === 0 ? '' : `, voters: [${voters.join(', ')}]`;
  return `{ nodes: [${nodes.join(', ')}]${voting} }`;
}
