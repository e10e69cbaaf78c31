import { intend } from '../../../../src/lab/docker/intention';
import type { Situation } from '../../../../src/lab/docker/intention';
import { foreseen } from '../../../../src/lab/docker/preview';
import type { Foreseen } from '../../../../src/lab/lab-service';
import { textsOf } from '../../../../src/lab/plan/effects/in-force';
import { readClusterYaml } from '../../../../src/cluster/cluster-yaml';
import { withNode } from '../../../../src/workspace/change/members';
import { createWorkspace } from '../../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../../src/workspace/create/questions';
import { readWorkspace } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';
import { NOTHING, snapshotOf } from './sample-snapshot';
import { SECRETS } from './sample-workspace';

type Files = ReadonlyMap<string, string>;

/** Files of an own cluster, gl1 to gl3. */
export function ownFiles(): Map<string, string> {
  const answers = answersFrom(
    completed({ name: 'own', nodes: 'gl1 gl2 gl3', subnet: '10.20.0.0/24', layers: 'small' }, 'own'),
  );
  if ('problem' in answers) throw new Error(String(answers.problem));
  return new Map(createWorkspace(answers).files);
}

/** The same with a fourth node in all files. */
export function withFourth(files: Files): Files {
  const { cluster } = readClusterYaml(files.get('cluster.yaml') ?? '');
  if (!cluster) throw new Error('no cluster');
  const change = withNode(files, cluster, { name: 'gl4', address: '10.20.0.14' });
  if ('refused' in change) throw new Error('refused');
  return new Map([...files, ...change.files]);
}

/** What deploying the files of `after` does to a lab that runs as `before` says, gl1 leading. */
export async function foreseenChange(before: Files, after: Files): Promise<Foreseen> {
  const running = intend(await situation(before, NOTHING, new Map())).plan;
  const there = snapshotOf({}, {}, running);
  const inForce = new Map(
    running.containers.map(({ name, files }) => [name, { versions: [textsOf(files)] }] as const),
  );
  const now = await situation(after, there, inForce);
  return foreseen(now, intend(now));
}

async function situation(
  files: Files,
  snapshot: Situation['snapshot'],
  inForce: Situation['running']['inForce'],
): Promise<Situation> {
  const { spec } = await readWorkspace(files, loadParser);
  if (!spec) throw new Error('not to be deployed');
  const leading = new Map([['gl1', ['patroni']]]);
  return {
    spec,
    snapshot,
    secrets: SECRETS,
    hidden: [],
    image: 'image',
    added: [],
    serviceImages: {},
    running: { inForce, leading },
  };
}
