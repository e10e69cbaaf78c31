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
import { serversToKeep } from '../plan/proxy/servers-to-keep';
import type { Snapshot } from '../plan/snapshot';
import { profileOf } from '../profiles/profiles';
import { renderGateway, renderNode, renderOutside } from '../render';
import type { DockerConnection } from './endpoint/connect';
import { hiddenTexts } from './hidden-texts';
import { nodeImageReference } from './image/node-image';
import { serviceImageReference } from './image/service-image';
import { LABEL } from './labels';
import type { AskContainer } from './snapshot/take-snapshot';
import { takeSnapshot } from './snapshot/take-snapshot';
import { whoLeads } from './snapshot/who-leads';

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
  /** What is known of the nodes that run already; who leads only where something is to be done. */
  readonly running: RunningNodes;
}

/** What a deployment would do. */
export interface Intention extends Reconciliation {
  readonly plan: Plan;
  /** What the plan's files do to the programs of running containers. */
  readonly effects: readonly NodeEffects[];
  /** See `serversToKeep`. */
  readonly keeps: readonly string[];
  /** False when containers live on the subnet, so that no other one will do. */
  readonly subnetIsFree: boolean;
}

export interface SituationParts {
  readonly connection: DockerConnection;
  readonly imageDir: string;
  readonly loadRubyParser: RubyParserLoader;
  /** The way into running containers, for small questions. */
  readonly askContainer: AskContainer;
}

/** What there is, and what a deployment would do. Looks at the engine; changes nothing. @throws as `intend` does */
export async function foresee(
  parts: SituationParts,
  spec: WorkspaceSpec,
): Promise<{ readonly situation: Situation; readonly intention: Intention }> {
  const situation = await takeSituation(parts, spec);
  const intention = intend(situation);
  // Who leads decides in which order things are done; to ask costs each node some processes.
  if (intention.operations.length === 0) return { situation, intention };
  const { snapshot, running } = situation;
  const leading = await whoLeads(parts.connection.docker, snapshot, profileOf(spec.cluster));
  if (leading.size === 0) return { situation, intention };
  const known = { ...situation, running: { ...running, leading } };
  return { situation: known, intention: intend(known) };
}

async function takeSituation(
  { connection: { docker, endpoint }, imageDir, loadRubyParser, askContainer }: SituationParts,
  spec: WorkspaceSpec,
): Promise<Situation> {
  const added = addedServices(labCluster(spec.cluster));
  const references = imageReferences(imageDir, spec, added);
  const [{ reference, serviceImages }, { snapshot, secrets, inForce }] = await Promise.all([
    references,
    takeSnapshot(docker, {
      lab: spec.cluster.name,
      images: references.then((known) => [known.reference, ...Object.values(known.serviceImages)]),
      local: endpoint.kind === 'socket',
      ask: askContainer,
    }),
  ]);
  return {
    spec,
    snapshot,
    secrets: completeSecrets(secrets, randomBytes),
    hidden: await hiddenTexts(spec, { inForce }, loadRubyParser),
    image: reference,
    added,
    serviceImages,
    running: { inForce, leading: new Map() },
  };
}

/** Of the nodes' image and of those of the services that run outside the nodes. */
async function imageReferences(
  imageDir: string,
  spec: WorkspaceSpec,
  added: readonly string[],
): Promise<Pick<Situation, 'serviceImages'> & { readonly reference: string }> {
  const [{ reference }, serviceImages] = await Promise.all([
    nodeImageReference(imageDir, added),
    serviceImageReferences(imageDir, spec),
  ]);
  return { reference, serviceImages };
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
  return {
    plan,
    subnetIsFree: choice.free,
    effects,
    keeps: serversToKeep(plan, running),
    ...reconcile(plan, snapshot, { effects, leading }),
  };
}
