import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { heading, numeral, rubyWords } from '../../services/core/starter';
import type { StarterRole } from '../../services/core/starter';
import { nodesRunning, servicesOn } from '../../services/placement';
import type { DeployedService } from '../../services/registry';
import { STARTERS } from '../../services/starters';

/** gitlab.rb of a node in a new workspace; undefined for a node that runs nothing of the GitLab package. */
export function gitlabRbText(cluster: Cluster, node: ClusterNode): string | undefined {
  const services = described(cluster, node);
  if (services.length === 0) return undefined;
  const parts = services.map((service) => {
    const context = { cluster, node, running: nodesRunning(cluster, service) };
    return STARTERS[service.id]?.gitlabRb?.(context) ?? '';
  });
  return `${[opening(cluster, node, services), rolesText(cluster, node, services), ...parts].join('\n\n')}\n`;
}

/** The services of a node that gitlab.rb says something of. */
function described(cluster: Cluster, node: ClusterNode): readonly DeployedService[] {
  return servicesOn(cluster, node.name).filter(({ id }) => STARTERS[id]?.gitlabRb !== undefined);
}

function opening(cluster: Cluster, node: ClusterNode, services: readonly DeployedService[]): string {
  const layers = [...new Set(services.map(({ layer }) => layer))];
  const size = numeral(cluster.nodes.length);
  const same = cluster.nodes.every((other) => described(cluster, other).length === services.length);
  const where = same ? 'Every node runs the same services.' : 'What runs where is in cluster.yaml.';
  return `# gitlab.rb of ${node.name}, GitLab (Omnibus) ${cluster.gitlabVersion}: ${listed(layers)} layer${layers.length === 1 ? '' : 's'} of a ${size}-node HA cluster.
#
# ${where} Lines that differ between the nodes say so; everything else must be equal on
# all ${size}, most of all passwords, names and timings.
#
# The passwords below are examples. In the lab they are replaced by the lab's own random secrets; on real machines
# make your own, and keep them out of version control.

external_url '${cluster.layers.application.enabled ? 'https' : 'http'}://${cluster.domain}'`;
}

function rolesText(cluster: Cluster, node: ClusterNode, services: readonly DeployedService[]): string {
  const roles = services.flatMap((service) => roleOf(cluster, node, service));
  const notes = roles.flatMap(({ note }) => note ?? []);
  const names = [...new Set(roles.map(({ name }) => name))];
  return `${heading('Which services this machine runs', 113)}
# Naming roles switches everything else off.
roles ${rubyWords(names)}${notes.length === 0 ? '' : ` # ${notes.join('; ')}`}

# The application does its migrations itself, and never while a database node is being reconfigured.
gitlab_rails['auto_migrate'] = false`;
}

function roleOf(cluster: Cluster, node: ClusterNode, service: DeployedService): readonly StarterRole[] {
  const role = STARTERS[service.id]?.role;
  if (role !== undefined) return [role({ cluster, node, running: nodesRunning(cluster, service) })];
  const [usual] = service.roles ?? [];
  return usual === undefined ? [] : [{ name: usual }];
}

/** `a`, `a and b`, `a, b and c`. */
function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
