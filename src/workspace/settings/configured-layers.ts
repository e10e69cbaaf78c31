import type { Cluster } from '../../cluster/cluster';
import { LAYERS, type LayerId } from '../../cluster/layer';
import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import { valueAt, type RubyValue } from '../../languages/gitlab-rb/evaluate/value';
import { deployedServices } from '../../services/registry';

/**
 * What a lab of the workspace is asked to run where cluster.yaml does not say it: the usual layers, and those that some
 * node's gitlab.rb configures, by a role or by keys of a service's own. In the model's order.
 */
export function configuredLayers(configs: readonly EvaluatedConfig[]): readonly LayerId[] {
  const configured = new Set(
    deployedServices()
      .filter(({ roles = [], gitlabRbRoots: [root] }) =>
        configs.some((config) => roles.some((role) => names(config, role)) || isSet(config, root)),
      )
      .map(({ layer }) => layer),
  );
  return LAYERS.filter(({ id, usual }) => usual === true || configured.has(id)).map(({ id }) => id);
}

/** The same cluster, with the layers its lab is asked to run written out. */
export function withLayers(cluster: Cluster, layers: readonly LayerId[]): Cluster {
  return cluster.lab.layers === undefined ? { ...cluster, lab: { ...cluster.lab, layers } } : cluster;
}

function names({ tree }: EvaluatedConfig, role: string): boolean {
  const listed = tree.get('roles');
  const items = listed?.kind === 'array' ? listed.items : listed === undefined ? [] : [listed];
  return (
    items.some((item) => item.kind === 'string' && item.value.replaceAll('-', '_') === role) ||
    isTrue(valueAt(tree.get(role), ['enable']))
  );
}

/** True where it is switched on, or, in a file without roles, a key of it is written: roles switch all others off. */
function isSet({ tree }: EvaluatedConfig, root: string | undefined): boolean {
  const value = root === undefined ? undefined : tree.get(root);
  if (value?.kind !== 'hash') return false;
  const enabled = valueAt(value, ['enable']);
  return enabled === undefined ? !tree.has('roles') && value.entries.size > 0 : isTrue(enabled);
}

function isTrue(value: RubyValue | undefined): boolean {
  return value?.kind === 'boolean' && value.value;
}
