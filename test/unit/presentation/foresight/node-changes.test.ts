import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import { isOfNode, nodeChangeTexts } from '../../../../src/presentation/foresight/node-changes';
import { otherTexts } from '../../../../src/presentation/foresight/plan-summary';
import { ENGLISH, translated } from '../../../../src/presentation/words/localizer';
import { PLAN, snapshotOf } from '../../lab/plan/sample-snapshot';
import type { ExistingContainer, Snapshot } from '../../../../src/lab/plan/snapshot';

const STRANGER: ExistingContainer = {
  id: 'gl9',
  name: `${PLAN.lab}-gl9`,
  node: 'gl9',
  role: 'node',
  image: 'image',
  state: 'running',
  shapeHash: 'of an earlier plan',
  networks: {},
  applied: undefined,
};
const also = (container: ExistingContainer): Snapshot =>
  snapshotOf({}, { containers: [...snapshotOf().containers, container] });

describe('which containers a deployment adds, removes, makes anew and starts', () => {
  it.each([
    ['all is there', snapshotOf(), []],
    ['a node is new', snapshotOf({ node3: 'missing' }), ['node3: added']],
    [
      'a node is no longer in cluster.yaml',
      also(STRANGER),
      ['gl9: removed, because it is no longer part of the lab'],
    ],
    [
      'a node was never filled',
      snapshotOf({ node2: { applied: undefined } }),
      ['node2: made anew, because it has run without ever getting all its files'],
    ],
    ['a node was stopped', snapshotOf({ node2: { state: 'exited' } }), ['node2: started']],
    [
      'the gateway has another shape',
      snapshotOf({ gateway: { shapeHash: 'old' } }),
      [
        'gateway: made anew, because its limits, ports or addresses changed, which no container can while it lives',
      ],
    ],
  ] as const)('%s', (_name, snapshot, expected) => {
    const { operations } = reconcile(PLAN, snapshot);
    expect(nodeChangeTexts(operations, PLAN.lab, ENGLISH)).toEqual(expected);
    expect(operations.every(isOfNode)).toBe(true);
  });

  it('says that a node which leads hands over before it goes', () => {
    const networks = snapshotOf().containers[0]?.networks ?? {};
    const applied = { hash: 'files', paths: [] };
    const leading = new Map([['gl9', ['patroni']]]);
    const { operations } = reconcile(PLAN, also({ ...STRANGER, networks, applied }), {
      effects: [],
      leading,
    });
    expect(nodeChangeTexts(operations, PLAN.lab, ENGLISH)).toEqual([
      'gl9: hands over first, because it leads (patroni) and goes',
      'gl9: removed, because it is no longer part of the lab',
    ]);
    expect(operations.every(isOfNode)).toBe(true);
  });
});

it('tells what is done beside the nodes in the language of its reasons', () => {
  const l10n = translated({ 'create network {0}': 'tạo mạng {0}', 'there is none': 'chưa có' });
  const { operations } = reconcile(PLAN, { ...snapshotOf(), containers: [], networks: [] });
  const [told] = otherTexts({ operations }, l10n).filter((text) => text.includes(PLAN.network.name));
  expect(told).toMatch(new RegExp(`^tạo mạng ${PLAN.network.name}: `));
  expect(otherTexts({ operations }, ENGLISH).join()).toContain(`create network ${PLAN.network.name}: `);
});
