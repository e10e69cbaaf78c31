import { randomBytes } from 'node:crypto';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import { addedServices, labCluster } from '../../services/lab-layers';
import { servicesOutside } from '../../services/placement';
import { completeSecrets } from '../../services/secrets';
import type { LabSecrets } from '../../services/secrets';
import type { WorkspaceSpec } from '../../workspace/workspace';
import { chooseSubnet } from '../plan/choose-subnet';
import { clusterEffects } from '../plan/effects/cluster-effects';
import type { RunningNodes } from '../plan/effects/cluster-effects';
import type { NodeEffects } from '../plan/effects/node-effects';
import { makePlan } from '../plan/make-plan';
import { networkName } from '../plan/names';
import type { Reconciliation } from '../plan/operations';
import type { Plan } from '../plan/plan';
import { reconcile } from '../plan/reconcile';
import { requireSameDcs } from '../plan/same-dcs';
import type { Snapshot } from '../plan/snapshot';
import { profileOf } from '../profiles/profiles';
import { renderGateway, renderNode, renderOutside } from '../render';
import type { DockerConnection } from './endpoint/connect';
import { hiddenTexts } from './hidden-texts';
import { nodeImageReference } from './image/node-image';
import { serviceImageReference } from './image/service-image';
import { LABEL } from './labels';
import { lookInside } from './snapshot/look-inside';
import { takeSnapshot } from './snapshot/take-snapshot';

/** What there is, and what is needed to plan what there should be. */
export interface Situation {
  readonly spec: WorkspaceSpec;
  readonly snapshot: Snapshot;
  readonly secrets: LabSecrets;
  /** What is secret in the user's files, those that are in force among them: nothing that is told may hold it. */
  readonly hidden: readonly string[];
  /** Reference of the node image. */
  readonly image: string;
  /** Services of the lab that not every node image has. */
  readonly added: readonly string[];
  /** Those of the services that run outside the nodes, by their names. */
  readonly serviceImages: Readonly<Record<string, string>>;
  /** What is known of the nodes that run already. */
  readonly running: RunningNodes;
}

/** What a deployment would do. */
export interface Intention extends Reconciliation {
  readonly plan: Plan;
  /** What the plan's files do to the programs of running containers. */
  readonly effects: readonly NodeEffects[];
  /** False when containers live on the subnet, so that no other one will do. */
  readonly subnetIsFree: boolean;
}

export interface SituationParts {
  readonly connection: DockerConnection;
  readonly imageDir: string;
  readonly loadRubyParser: RubyParserLoader;
}

/** Looks at the engine; changes nothing. */
export async function takeSituation(
  { connection: { docker, endpoint }, imageDir, loadRubyParser }: SituationParts,
  spec: WorkspaceSpec,
): Promise<Situation> {
  const added = addedServices(labCluster(spec.cluster));
  const { reference } = await nodeImageReference(imageDir, added);
  const serviceImages = await serviceImageReferences(imageDir, spec);
  const { snapshot, secrets } = await takeSnapshot(docker, {
    lab: spec.cluster.name,
    images: [reference, ...Object.values(serviceImages)],
    local: endpoint.kind === 'socket',
  });
  const running = await lookInside(docker, snapshot, profileOf(spec.cluster));
  return {
    spec,
    snapshot,
    secrets: completeSecrets(secrets, randomBytes),
    hidden: await hiddenTexts(spec, running, loadRubyParser),
    image: reference,
    added,
    serviceImages,
    running,
  };
}

/** Of the services that the lab runs outside the nodes, by their names. */
async function serviceImageReferences(
  imageDir: string,
  { cluster }: WorkspaceSpec,
): Promise<Readonly<Record<string, string>>> {
  const services = servicesOutside(labCluster(cluster));
  const recipes = await Promise.all(
    services.map(async ({ id }) => [id, (await serviceImageReference(imageDir, id)).reference] as const),
  );
  return Object.fromEntries(recipes);
}

/**
 * What to do in a situation.
 * @param taken subnets that turned out to be used since it was looked at
 * @throws LabError `subnet-clash`, `other-dcs`
 */
export function intend(
  { spec, snapshot, secrets, hidden, image, serviceImages, running }: Situation,
  taken: readonly string[] = [],
): Intention {
  requireSameDcs(spec.cluster, snapshot);
  const choice = chooseSubnet(snapshot, networkName(spec.cluster.name), taken);
  const plan = makePlan({
    workspace: spec,
    subnet: choice.subnet,
    secrets,
    image,
    serviceImages,
    createdAt: Date.now(),
    renderers: { renderNode, renderGateway, renderOutside },
    labels: LABEL,
  });
  const effects = clusterEffects(plan, running, secrets, hidden);
  const { leading } = running;
  return { plan, subnetIsFree: choice.free, effects, ...reconcile(plan, snapshot, { effects, leading }) };
}
