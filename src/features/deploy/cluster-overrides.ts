import type { ClusterOverrides } from '../../lab/cluster-overrides';

/** Values of the user's settings that win over cluster.yaml's `lab` section. */
export type LabOverrides = Omit<ClusterOverrides, 'name'>;

/** cluster.yaml with the overrides put in; the YAML library is loaded at first use. */
export async function overrideCluster(text: string, overrides: LabOverrides): Promise<string> {
  // Not import('yaml'): the bundler gives a CommonJS module imported that way no named exports.
  const lab = await import('../../lab/cluster-overrides');
  return lab.overrideCluster(text, overrides);
}
