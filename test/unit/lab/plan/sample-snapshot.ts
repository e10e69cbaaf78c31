import { LABEL } from '../../../../src/lab/docker/labels';
import { makePlan } from '../../../../src/lab/plan/make-plan';
import type { Plan } from '../../../../src/lab/plan/plan';
import type { ExistingContainer, Snapshot } from '../../../../src/lab/plan/snapshot';
import { renderGateway, renderNode, renderOutside } from '../../../../src/lab/render';
import { SECRETS, clusterOf, workspaceOf } from './sample-workspace';

export const PLAN: Plan = makePlan({
  workspace: workspaceOf(clusterOf('10.6.0.0/24', ['10.6.0.11', '10.6.0.12', '10.6.0.13'], '10.6.0.100')),
  subnet: '172.30.7.0/24',
  secrets: SECRETS,
  image: 'image',
  createdAt: 0,
  renderers: { renderNode, renderGateway, renderOutside },
  labels: LABEL,
});

/** How a container differs from what is planned. */
export type Difference = Partial<ExistingContainer> | 'missing';

export const NOTHING: Snapshot = {
  containers: [],
  networks: [],
  volumes: [],
  descriptions: [],
  images: ['image'],
  recordedSubnet: undefined,
  foreignSubnets: ['172.17.0.0/16'],
};

/** The engine with the lab as planned, but for these containers (by node). */
export function snapshotOf(
  differences: Readonly<Record<string, Difference>> = {},
  change: Partial<Snapshot> = {},
  plan: Plan = PLAN,
): Snapshot {
  const containers = plan.containers.flatMap((planned): ExistingContainer[] => {
    const difference = differences[planned.node] ?? {};
    if (difference === 'missing') return [];
    const paths = planned.files.map((file) => file.path);
    const { node, name, role, image, shapeHash } = planned;
    const applied = { hash: planned.filesHash, paths };
    const networks = { [plan.network.name]: 'network-1' };
    return [
      { id: node, name, node, role, image, state: 'running', shapeHash, networks, applied, ...difference },
    ];
  });
  const { name, subnet, gateway } = plan.network;
  return {
    ...NOTHING,
    containers,
    networks: [{ id: 'network-1', name, subnet, gateway }],
    recordedSubnet: subnet,
    descriptions: [plan.description.name],
    ...change,
  };
}
