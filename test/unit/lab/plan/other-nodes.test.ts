import { describe, expect, it } from 'vitest';
import type { Cluster, ClusterNode } from '../../../../src/cluster/cluster';
import { LABEL } from '../../../../src/lab/docker/labels';
import { clusterEffects } from '../../../../src/lab/plan/effects/cluster-effects';
import { textsOf } from '../../../../src/lab/plan/effects/in-force';
import { isDescription } from '../../../../src/lab/plan/names';
import { makePlan } from '../../../../src/lab/plan/make-plan';
import type { Plan } from '../../../../src/lab/plan/plan';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import { PATHS, renderGateway, renderNode, renderOutside } from '../../../../src/lab/render';
import { PLAN, snapshotOf } from './sample-snapshot';
import { SECRETS, clusterOf, workspaceOf } from './sample-workspace';

const LAB = clusterOf('10.6.0.0/24', ['10.6.0.11', '10.6.0.12', '10.6.0.13'], '10.6.0.100');
const NODE4 = { name: 'node4', address: '10.6.0.14' };

/** The same lab with other nodes; none runs anything that the others are not told of in their own files. */
function planWith(nodes: readonly ClusterNode[]): Plan {
  const cluster: Cluster = { ...LAB, nodes };
  return makePlan({
    workspace: workspaceOf(cluster),
    subnet: '172.30.7.0/24',
    secrets: SECRETS,
    image: 'image',
    createdAt: 0,
    renderers: { renderNode, renderGateway, renderOutside },
    labels: LABEL,
  });
}

/** What deploying it over the running lab of three does. */
function change(plan: Plan): { readonly operations: string[]; readonly losses: readonly unknown[] } {
  const inForce = new Map(
    PLAN.containers.map(({ name, files }) => [name, { versions: [textsOf(files)] }] as const),
  );
  const effects = clusterEffects(plan, { inForce, leading: new Map() }, SECRETS);
  const { operations, losses } = reconcile(plan, snapshotOf(), { effects, leading: new Map() });
  const steps = operations
    .filter(({ target }) => !isDescription(target))
    .map(({ id, action }) =>
      'steps' in action ? `${id}: ${action.steps[0]?.verb} ${action.steps[0]?.target}` : id,
    );
  return { operations: steps, losses };
}

describe('a running lab', () => {
  it('keeps its containers when a node is added, the gateway and its published port too: they are told the new name', () => {
    expect(change(planWith([...LAB.nodes, NODE4]))).toEqual({
      operations: [
        'create-container sample-node4',
        'fill-container sample-node4',
        'start-container sample-node4',
        'apply-container sample-node1: reload hosts',
        'apply-container sample-node2: reload hosts',
        'apply-container sample-node3: reload hosts',
        'apply-container sample-gateway: reload hosts',
      ],
      losses: [],
    });
  });

  it('keeps the others when a node is renamed', () => {
    const renamed = LAB.nodes.map((node) => (node.name === 'node3' ? { ...node, name: 'db3' } : node));
    expect(change(planWith(renamed))).toEqual({
      operations: [
        'remove-container sample-node3',
        'create-container sample-db3',
        'fill-container sample-db3',
        'start-container sample-db3',
        'apply-container sample-node1: reload hosts',
        'apply-container sample-node2: reload hosts',
        'apply-container sample-gateway: reload hosts',
      ],
      losses: [],
    });
  });

  it('has the names of all its machines in a file of each node', () => {
    const [first] = planWith([...LAB.nodes, NODE4]).containers;
    const hosts = first?.files.find(({ path }) => path === PATHS.hosts);
    expect(hosts).toMatchObject({
      mode: 0o644,
      content:
        '172.30.7.100\tgitlab.example.com\n' +
        '172.30.7.11\tnode1\n172.30.7.12\tnode2\n172.30.7.13\tnode3\n172.30.7.14\tnode4\n172.30.7.250\tgateway\n',
    });
  });
});
