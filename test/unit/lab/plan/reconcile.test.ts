import { describe, expect, it } from 'vitest';
import type { Plan, PlannedContainer } from '../../../../src/lab/plan/plan';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import type { Snapshot } from '../../../../src/lab/plan/snapshot';
import { NOTHING, PLAN, snapshotOf } from './sample-snapshot';

/** One operation a line: step, what, what it needs, why. */
function text(snapshot: Snapshot, plan: Plan = PLAN): string[] {
  return reconcile(plan, snapshot).operations.map(
    ({ step, id, needs, cause }) => `${step} | ${id} | ${needs.join(', ')} | ${String(cause)}`,
  );
}
const ids = (snapshot: Snapshot, plan: Plan = PLAN): string[] =>
  reconcile(plan, snapshot).operations.map(({ id }) => id);
const losses = (snapshot: Snapshot, plan: Plan = PLAN): string[] =>
  reconcile(plan, snapshot).losses.map(
    ({ target, cause, part }) => `${part ? 'part | ' : ''}${target}: ${String(cause)}`,
  );

const OTHER = { applied: { hash: 'old', paths: [] } };
const CUT = { networks: { 'gitlab-ha-lab-sample': 'network-that-is-gone' } };
const FRESH = 'the lab has none; 172.30.7.0/24 is free';
const GONE = "the network the lab's containers were made for (172.30.7.0/24) is gone";
/** What the gateway waits for. */
const NODES = 'start-container sample-node1, start-container sample-node2, start-container sample-node3';
const REMEMBERED = 'what is remembered of the lab changes';
const CABLE = "it is cut from the lab's network";

describe('the operations of a plan', () => {
  it('are none when all is as planned', () => {
    expect(text(snapshotOf())).toEqual([]);
  });

  it('of a first deployment: everything is made, each container from its image, on its network', () => {
    const made = ['node1', 'node2', 'node3', 'gateway'].flatMap((node) => [
      `containers | create-container sample-${node} | build-image image, create-network gitlab-ha-lab-sample | there is none`,
      `containers | fill-container sample-${node} | create-container sample-${node} | there is none`,
    ]);
    const started = ['node1', 'node2', 'node3'].map(
      (node) => `start | start-container sample-${node} | fill-container sample-${node} | there is none`,
    );
    const last = `start | start-container sample-gateway | fill-container sample-gateway, ${NODES} | there is none`;
    expect(text({ ...NOTHING, images: [] })).toEqual([
      'image | build-image image |  | the engine has none of this recipe',
      `network | create-network gitlab-ha-lab-sample |  | ${FRESH}`,
      `containers | create-volume ${PLAN.description.name} |  | ${REMEMBERED}`,
      ...made,
      ...started,
      last,
    ]);
  });

  it('of other files: stopped, filled, started; the data stays', () => {
    expect(text(snapshotOf({ node2: OTHER }))).toEqual([
      'containers | stop-container sample-node2 |  | its files changed',
      'containers | fill-container sample-node2 | stop-container sample-node2 | its files changed',
      'start | start-container sample-node2 | fill-container sample-node2 | its files changed',
    ]);
  });

  it.each([
    ['a frozen node', { node1: { state: 'paused' } }, ['unpause-container sample-node1']],
    ['a stopped node', { node1: { state: 'exited' } }, ['start-container sample-node1']],
    ['a node that was cut off', { node1: CUT }, ['attach-container sample-node1']],
    [
      'a stopped node whose network is another one by now',
      { node1: { state: 'exited', ...CUT } },
      ['attach-container sample-node1', 'start-container sample-node1'],
    ],
    [
      'a frozen node with other files',
      { node1: { state: 'paused', ...OTHER } },
      [
        'unpause-container sample-node1',
        'stop-container sample-node1',
        'fill-container sample-node1',
        'start-container sample-node1',
      ],
    ],
    [
      'a stopped node with other files that was cut off',
      { node1: { state: 'exited', ...OTHER, ...CUT } },
      ['fill-container sample-node1', 'attach-container sample-node1', 'start-container sample-node1'],
    ],
    [
      'a node of another shape',
      { node1: { shapeHash: 'old' } },
      [
        'remove-container sample-node1',
        'create-container sample-node1',
        'fill-container sample-node1',
        'start-container sample-node1',
      ],
    ],
    [
      'a gateway that was made and never filled',
      { gateway: { state: 'created', applied: undefined } },
      ['fill-container sample-gateway', 'start-container sample-gateway'],
    ],
  ] as const)('of %s', (_name, differences, expected) => {
    expect(ids(snapshotOf(differences))).toEqual(expected);
  });

  it('of a lab of which something else is remembered: it is said anew before what was said goes; no container changes', () => {
    const [old, killed] = ['1', '2'].map((digit) => `gitlab-ha-lab-sample.about.${digit.repeat(16)}`);
    const descriptions = [old ?? '', killed ?? ''];
    expect(text(snapshotOf({}, { descriptions }))).toEqual([
      `containers | create-volume ${PLAN.description.name} |  | ${REMEMBERED}`,
      `containers | remove-volume ${old} | create-volume ${PLAN.description.name} | ${REMEMBERED}`,
      `containers | remove-volume ${killed} | create-volume ${PLAN.description.name} | ${REMEMBERED}`,
    ]);
    expect(losses(snapshotOf({}, { descriptions }))).toEqual([]);
  });

  it('of a lab whose network is gone: it is made again as it was, and every container attached, none made anew', () => {
    const stopped = { state: 'exited', ...CUT };
    const nodes = ['node1', 'node2', 'node3', 'gateway'];
    const all = Object.fromEntries(nodes.map((node) => [node, stopped]));
    expect(text(snapshotOf(all, { networks: [] }))).toEqual([
      `network | create-network gitlab-ha-lab-sample |  | ${GONE}`,
      ...nodes.flatMap((node) => [
        `start | attach-container sample-${node} | create-network gitlab-ha-lab-sample | ${CABLE}`,
        `start | start-container sample-${node} | attach-container sample-${node}${node === 'gateway' ? `, ${NODES}` : ''} | ${CABLE}`,
      ]),
    ]);
  });

  it('of a network with another subnet: it is replaced, and the containers attached', () => {
    const networks = [{ id: 'n9', name: 'gitlab-ha-lab-sample', subnet: '10.0.0.0/24', gateway: '10.0.0.1' }];
    expect(text(snapshotOf({}, { networks })).slice(0, 2)).toEqual([
      'network | remove-network gitlab-ha-lab-sample n9 |  | it is 10.0.0.0/24, not 172.30.7.0/24',
      `network | create-network gitlab-ha-lab-sample | remove-network gitlab-ha-lab-sample n9 | ${GONE}`,
    ]);
  });

  it('of two networks of one name: both go, and the new one waits for both', () => {
    const other = { name: 'gitlab-ha-lab-sample', subnet: '10.0.0.0/24', gateway: '10.0.0.1' };
    const networks = [
      { ...other, id: 'n8' },
      { ...other, id: 'n9' },
    ];
    expect(text(snapshotOf({}, { networks })).slice(0, 3)).toEqual([
      'network | remove-network gitlab-ha-lab-sample n8 |  | it is 10.0.0.0/24, not 172.30.7.0/24',
      'network | remove-network gitlab-ha-lab-sample n9 |  | it is 10.0.0.0/24, not 172.30.7.0/24',
      `network | create-network gitlab-ha-lab-sample | remove-network gitlab-ha-lab-sample n8, remove-network gitlab-ha-lab-sample n9 | ${GONE}`,
    ]);
  });

  it('have one id each: a plan that names something twice is refused', () => {
    const plan = { ...PLAN, containers: [...PLAN.containers, ...PLAN.containers.slice(0, 1)] };
    expect(() => reconcile(plan, NOTHING)).toThrow(
      'the plan has two operations "create-container sample-node1"',
    );
  });

  it('of a node whose update was killed half-way: it gets all files again, also those it had before', () => {
    const paths = PLAN.containers.find(({ node }) => node === 'node2')?.files.map(({ path }) => path) ?? [];
    const snapshot = snapshotOf({ node2: { state: 'exited', applied: { paths } } });
    const cause = 'a deployment was killed while it replaced its files';
    expect(text(snapshot)).toEqual([
      `containers | fill-container sample-node2 |  | ${cause}`,
      `start | start-container sample-node2 | fill-container sample-node2 | ${cause}`,
    ]);
    expect(reconcile(PLAN, snapshot).operations.map(({ action }) => action)).toMatchObject([
      { kind: 'fill-container', replaced: { paths } },
      { kind: 'start-container' },
    ]);
  });

  it('of a node whose killed update brought a file that is not planned: it is told, and keeps its data', () => {
    const applied = { paths: ['/etc/new-version.conf'] };
    const { operations, losses } = reconcile(PLAN, snapshotOf({ node2: { state: 'exited', applied } }));
    expect(losses).toEqual([]);
    expect(operations.map(({ action }) => action)).toMatchObject([
      { kind: 'fill-container', replaced: applied },
      { kind: 'start-container' },
    ]);
  });

  it.each([
    ['a lab that worked is kept: its containers get their time to end', {}, true],
    [
      'a first deployment that was killed before its nodes ran goes when this one is cancelled',
      {
        node1: { state: 'created', applied: undefined },
        node2: { state: 'created', applied: undefined },
        node3: { state: 'created', applied: undefined },
      },
      false,
    ],
  ] as const)('%s', (_name, nodes, labIsKept) => {
    const { operations } = reconcile(PLAN, snapshotOf({ ...nodes, gateway: OTHER }));
    const stops = operations.map(({ action }) => action).filter(({ kind }) => kind === 'stop-container');
    expect(stops).toEqual([{ kind: 'stop-container', id: 'gateway', labIsKept }]);
  });

  it('of a node that was taken out: it goes', () => {
    const [first] = snapshotOf().containers;
    if (!first) throw new Error('the plan has no container');
    const extra = { ...first, id: 'x', name: 'sample-node4', node: 'node4' };
    const snapshot = snapshotOf();
    expect(text({ ...snapshot, containers: [...snapshot.containers, extra] })).toEqual([
      'containers | remove-container sample-node4 |  | it is no longer part of the lab',
    ]);
  });

  it('build no image that nothing is made of', () => {
    expect(ids(snapshotOf({ node1: { state: 'exited' } }, { images: [] }))).toEqual([
      'start-container sample-node1',
    ]);
  });
});

describe('a container beside the nodes', () => {
  const [node] = PLAN.containers;
  if (!node) throw new Error('the plan has no container');
  const store: PlannedContainer = {
    ...node,
    name: 'sample-object-store',
    node: 'object-store',
    role: 'service',
    image: 'registry.example/object-store:1',
    address: '172.30.7.240',
    environment: { REGION: 'lab' },
    mounts: [{ volume: 'gitlab-ha-lab-sample-objects', path: '/data' }],
  };
  const plan: Plan = {
    ...PLAN,
    images: [...PLAN.images, { reference: store.image, from: 'registry' }],
    volumes: [{ name: 'gitlab-ha-lab-sample-objects', labels: {} }],
    containers: [...PLAN.containers.map((one) => ({ ...one, startsAfter: [store.name] })), store],
  };

  it('has an image and a volume of its own, and is started before those that need it', () => {
    const operations = text(
      snapshotOf({ node1: { state: 'exited' }, 'object-store': 'missing' }, {}, plan),
      plan,
    );
    expect(operations).toEqual([
      'image | pull-image registry.example/object-store:1 |  | the engine does not have it',
      'containers | create-volume gitlab-ha-lab-sample-objects |  | there is none',
      'containers | create-container sample-object-store | pull-image registry.example/object-store:1, create-volume gitlab-ha-lab-sample-objects | there is none',
      'containers | fill-container sample-object-store | create-container sample-object-store | there is none',
      'start | start-container sample-node1 | start-container sample-object-store | it is exited',
      'start | start-container sample-object-store | fill-container sample-object-store | there is none',
    ]);
  });

  it('keeps its volume when it is made anew, and loses it when it is taken out', () => {
    const volumes = ['gitlab-ha-lab-sample-objects'];
    expect(
      ids(
        snapshotOf({ 'object-store': { shapeHash: 'old' } }, { volumes, images: [store.image] }, plan),
        plan,
      ),
    ).toEqual([
      'remove-container sample-object-store',
      'create-container sample-object-store',
      'fill-container sample-object-store',
      'start-container sample-object-store',
    ]);
    expect(text(snapshotOf({}, { volumes }, plan))).toEqual([
      'containers | remove-volume gitlab-ha-lab-sample-objects | remove-container sample-object-store | it is no longer part of the lab',
      'containers | remove-container sample-object-store |  | it is no longer part of the lab',
    ]);
  });

  const volumes = ['gitlab-ha-lab-sample-objects'];
  const images = [store.image];
  const anew = { 'object-store': { shapeHash: 'old' } };
  const why = 'its limits, ports or addresses changed, which no container can while it lives';
  const inside: Plan = {
    ...plan,
    volumes: [],
    containers: [...PLAN.containers, { ...store, mounts: [] }],
  };

  it.each([
    [
      'its volume, when the plan does not know it any more',
      PLAN,
      {},
      { volumes },
      ['part | gitlab-ha-lab-sample-objects: it is no longer part of the lab'],
    ],
    ['what is inside, when it is made anew', inside, anew, {}, [`part | sample-object-store: ${why}`]],
    [
      'what is inside, when it is made anew to have a volume',
      plan,
      anew,
      {},
      [`part | sample-object-store: ${why}`],
    ],
    ['nothing, when its volume stays', plan, anew, { volumes }, []],
    ['nothing, when it is kept', inside, {}, {}, []],
    [
      'nothing, when a first deployment was killed before it was whole',
      PLAN,
      {
        node1: { state: 'created' },
        node2: { state: 'created' },
        node3: { state: 'created' },
      },
      { volumes },
      [],
    ],
  ] as const)('loses %s', (_name, wanted, differences, engine, expected) => {
    expect(losses(snapshotOf(differences, { images, ...engine }, wanted), wanted)).toEqual(expected);
  });

  it('loses what is inside when it is taken out, beside the data of nodes that are all made anew', () => {
    const old = { shapeHash: 'old' };
    const nodes = { node1: old, node2: old, node3: old };
    expect(losses(snapshotOf(nodes, {}, inside))).toEqual([
      `sample-node1: ${why}`,
      `sample-node2: ${why}`,
      `sample-node3: ${why}`,
      'part | sample-object-store: it is no longer part of the lab',
    ]);
  });
});

describe('data is lost', () => {
  const anew = { shapeHash: 'old', image: 'older' };
  const why = 'it was made of older, and the image is image now';

  it('when every node is made anew, and it is said of which and why', () => {
    expect(losses(snapshotOf({ node1: anew, node2: anew, node3: anew }))).toEqual([
      `sample-node1: ${why}`,
      `sample-node2: ${why}`,
      `sample-node3: ${why}`,
    ]);
  });

  it('when the only node that is left would meet empty ones', () => {
    expect(losses(snapshotOf({ node1: 'missing', node2: 'missing' }))).toEqual([
      'sample-node3: only 1 of 3 nodes would keep data, and fewer than a majority must not meet empty ones',
    ]);
  });

  it.each([
    ['when one node is made anew: it copies from the others', { node1: anew }],
    ['when the network is gone', { node1: CUT, node2: CUT, node3: CUT, gateway: CUT }],
    ['when the gateway is made anew', { gateway: anew }],
    [
      'when a first deployment was killed before its nodes ran',
      {
        node1: { ...anew, state: 'created' },
        node2: { ...anew, state: 'created' },
        node3: { ...anew, state: 'created' },
      },
    ],
  ] as const)('not %s', (_name, differences) => {
    expect(losses(snapshotOf(differences))).toEqual([]);
  });
});
