import { expect, test } from 'vitest';
import { requireSameDcs } from '../../../../src/lab/plan/same-dcs';
import type { Snapshot } from '../../../../src/lab/plan/snapshot';
import { NOTHING, snapshotOf } from './sample-snapshot';

const WORKED = snapshotOf();
const STOPPED = snapshotOf(
  Object.fromEntries(['node1', 'node2', 'node3'].map((node) => [node, { state: 'exited' }])),
);
const NEVER_RAN = snapshotOf(
  Object.fromEntries(['node1', 'node2', 'node3'].map((node) => [node, { applied: undefined }])),
);

const refusal = (dcs: 'consul' | 'etcd', snapshot: Snapshot): unknown => {
  try {
    requireSameDcs({ name: 'lab', dcs }, snapshot);
    return undefined;
  } catch (error) {
    return error;
  }
};

test.each<[string, 'consul' | 'etcd', Snapshot]>([
  ['to etcd', 'etcd', { ...WORKED, recordedDcs: 'consul' }],
  ['to Consul', 'consul', { ...WORKED, recordedDcs: 'etcd' }],
  ['to etcd while it stands still: its data is there', 'etcd', { ...STOPPED, recordedDcs: 'consul' }],
])('a lab is not moved %s', (_what, dcs, snapshot) => {
  const { recordedDcs } = snapshot;
  expect(refusal(dcs, snapshot)).toMatchObject({
    code: 'other-dcs',
    message: `Lab "lab" keeps who leads its database in ${recordedDcs}, and cluster.yaml says ${dcs} now: a lab is not moved from one to the other. Nothing was changed.`,
    remedy: `Write dcs: ${recordedDcs} again. For a lab with ${dcs}, give this one and its data up with "gitlab-ha down lab" and deploy anew, or give the cluster another name.`,
  });
});

test.each<[string, 'consul' | 'etcd', Snapshot]>([
  ['there is no lab', 'etcd', NOTHING],
  ['it keeps its own', 'etcd', { ...WORKED, recordedDcs: 'etcd' }],
  ['its nodes never ran', 'etcd', { ...NEVER_RAN, recordedDcs: 'consul' }],
  ['nothing is written down', 'etcd', { ...WORKED, recordedDcs: undefined }],
])('nothing is refused where %s', (_what, dcs, snapshot) => {
  expect(refusal(dcs, snapshot)).toBeUndefined();
});
