import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { blocksDeployment } from '../../finding/finding';
import type { Finding } from '../../finding/finding';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import { readWorkspace } from '../../workspace/workspace';
import type { WorkspaceSpec } from '../../workspace/workspace';
import type { AwaitHealth } from '../health/await-health';
import { LabError } from '../lab-error';
import type { DeployResult, DeployStep, LabInfo, OperationControl, WorkspaceFiles } from '../lab-service';
import { redactSecrets } from '../plan/lab-secrets';
import type { PlanInput } from '../plan/make-plan';
import { makePlan } from '../plan/make-plan';
import { networkName } from '../plan/names';
import type { Plan } from '../plan/plan';
import { renderGateway, renderNode } from '../render';
import { completeSecrets } from '../../services/secrets';
import type { LabSecrets } from '../../services/secrets';
import { recordingsDir } from '../state-dir';
import { fillContainers, startContainers } from './execute/apply';
import { decideChanges, hasWorked } from './changes';
import type { DockerConnection } from './endpoint/connect';
import { destroyLab, removeContainer } from './execute/destroy';
import { dockerFailure, reasonOf } from './docker-errors';
import { withImageLock } from './image/image-lock';
import { takeInventory } from './snapshot/inventory';
import type { Inventory } from './snapshot/inventory';
import { chooseSubnet, createNetwork, removeNetwork, usedSubnets } from './execute/lab-network';
import { describeLabs } from './snapshot/lab-listing';
import { withLabLocks } from './locks/lab-locks';
import { ensureNodeImage } from './image/node-image';
import { Operation } from './operation';
import { LABEL, labFilter } from './labels';
import { settleAll } from './settle-all';

export interface DeployParts {
  readonly connection: DockerConnection;
  readonly imageDir: string;
  readonly stateDir: string;
  readonly loadRubyParser: RubyParserLoader;
  readonly awaitHealth: AwaitHealth;
  readonly transport: (lab: LabInfo, node: string) => ReturnType<Parameters<AwaitHealth>[0]['transport']>;
}

/** Where each step lies between 0 and 1, by the time it usually takes. */
const SHARES: Readonly<Record<DeployStep, readonly [number, number]>> = {
  check: [0, 0.02],
  image: [0.02, 0.4],
  network: [0.4, 0.42],
  containers: [0.42, 0.5],
  start: [0.5, 0.55],
  health: [0.55, 1],
};

/** What a killed deployment had ordered arrives within this time. */
const LATE_ARRIVALS_MS = 1_000;
/** A lab is usually whole after this; only the progress bar depends on it. */
const USUAL_HEALTH_MS = 20_000;
const SHOWN_REASONS = 2;

/**
 * Makes a workspace's lab true: builds, creates, fills, starts and waits until it is whole. What is right already
 * is left alone. A first deployment that fails or is cancelled leaves nothing but, when it fails, the recording of what
 * was observed; a later one leaves what there is.
 * @throws LabError
 */
export async function deployWorkspace(
  parts: DeployParts,
  files: WorkspaceFiles,
  control: OperationControl,
): Promise<DeployResult> {
  const operation = new Operation(parts.connection.docker, control, SHARES);
  operation.progress('check', 'reading the workspace', 0);
  const started = performance.now();
  const { spec, findings } = await readWorkspace(files, parts.loadRubyParser);
  logFindings(operation, findings);
  if (!spec || blocksDeployment(findings)) throw badWorkspace(findings);
  const lab = spec.cluster.name;
  return withLabLocks({ operation, stateDir: parts.stateDir, lab }, 'deploy', async (takenOver) => {
    if (takenOver) {
      operation.log('check: an earlier deployment was killed; its work is taken up');
      await new Promise((resolve) => setTimeout(resolve, LATE_ARRIVALS_MS));
    }
    const deployment = new Deployment(parts, operation, spec);
    deployment.durations.check = Math.round(performance.now() - started);
    return deployment.run(findings);
  });
}

class Deployment {
  readonly durations: Partial<Record<DeployStep, number>> = {};
  private readonly lab: string;

  constructor(
    private readonly parts: DeployParts,
    private readonly operation: Operation,
    private readonly spec: WorkspaceSpec,
  ) {
    this.lab = spec.cluster.name;
  }

  async run(findings: readonly Finding[]): Promise<DeployResult> {
    const before = await takeInventory(this.operation.docker, this.lab);
    try {
      const unchanged = await this.apply(before);
      const lab = await this.describe();
      return { lab, unchanged, findings, durations: this.durations };
    } catch (error) {
      const failure = dockerFailure(`deploy lab "${this.lab}"`, error);
      this.operation.log(`failed: ${failure.message}`);
      if (!hasWorked(before)) await this.rollBack(failure);
      throw failure;
    }
  }

  /** @returns true when there was nothing to do */
  private async apply(before: Inventory): Promise<boolean> {
    const { operation } = this;
    const image = await this.timed('image', () =>
      withImageLock(this.parts.stateDir, operation, () => ensureNodeImage(operation, this.parts.imageDir)),
    );
    operation.throwIfCancelled();
    const { plan, inventory } = await this.timed('network', () => this.settleNetwork(image, before));
    operation.throwIfCancelled();
    const changes = decideChanges(plan, inventory);
    await this.timed('containers', () => fillContainers(operation, plan, inventory, changes));
    operation.throwIfCancelled();
    await this.timed('start', () => startContainers(operation, plan, changes));
    operation.throwIfCancelled();
    await this.timed('health', async () => this.waitForHealth());
    return changes.every(({ change }) => change.kind === 'keep');
  }

  /** Finds or makes the network; the plan follows from its subnet. */
  private async settleNetwork(
    image: string,
    before: Inventory,
  ): Promise<{ readonly plan: Plan; readonly inventory: Inventory }> {
    const { operation } = this;
    const secrets = completeSecrets(before.secrets, randomBytes);
    operation.hide((text) => redactSecrets(text, secrets));
    const existing = before.networks.find((network) => network.name === networkName(this.lab));
    if (existing?.subnet?.endsWith('/24')) {
      const plan = makePlan(this.planInput(image, existing.subnet, secrets));
      if (plan.network.gateway === existing.gateway) {
        operation.progress('network', `${plan.network.name} (${plan.network.subnet}) is there`, 1);
        await settleAll(
          before.networks.filter((network) => network !== existing),
          (network) => removeNetwork(operation.docker, network.id),
        );
        return { plan, inventory: before };
      }
    }
    if (before.containers.length > 0 || before.networks.length > 0) {
      operation.log('network: the lab has none that fits, so what there is of the lab is removed first');
      await this.removeEverything(before);
    }
    const plan = await this.newNetwork(image, secrets);
    return { plan, inventory: { containers: [], networks: [], secrets: {} } };
  }

  private async newNetwork(image: string, secrets: LabSecrets): Promise<Plan> {
    const local = this.parts.connection.endpoint.kind === 'socket';
    const taken = [...(await usedSubnets(this.operation.docker, local))];
    for (;;) {
      this.operation.throwIfCancelled();
      const plan = makePlan(this.planInput(image, chooseSubnet(taken), secrets));
      const { name, subnet } = plan.network;
      this.operation.progress('network', `creating ${name} (${subnet})`, 0.5);
      if (await createNetwork(this.operation, plan)) return plan;
      this.operation.log(`network: ${subnet} was taken in the meantime`);
      taken.push(subnet);
    }
  }

  private planInput(image: string, subnet: string, secrets: LabSecrets): PlanInput {
    return {
      workspace: this.spec,
      subnet,
      secrets,
      image,
      createdAt: Date.now(),
      renderers: { renderNode, renderGateway },
      labels: LABEL,
    };
  }

  private async waitForHealth(): Promise<void> {
    const { operation } = this;
    const lab = await this.describe();
    const started = performance.now();
    await this.parts.awaitHealth({
      lab,
      transport: (node) => this.parts.transport(lab, node),
      signal: operation.signal,
      log: (line) => operation.log(line),
      onWaiting: (reasons) => {
        const share = 1 - Math.exp(-(performance.now() - started) / USUAL_HEALTH_MS);
        operation.progress('health', waitingMessage(reasons), reasons.length === 0 ? 1 : share, reasons);
      },
    });
  }

  private async describe(): Promise<LabInfo> {
    const { docker } = this.operation;
    const listed = await docker.listContainers({ all: true, filters: labFilter(this.lab) });
    const [lab] = describeLabs(listed);
    if (lab) return lab;
    throw new LabError('no-lab', `The containers of lab "${this.lab}" are gone.`, 'Deploy it again.');
  }

  private async removeEverything(inventory: Inventory): Promise<void> {
    const { docker } = this.operation;
    await settleAll(inventory.containers, ({ id }) => removeContainer(docker, id));
    await settleAll(inventory.networks, ({ id }) => removeNetwork(docker, id));
  }

  private async rollBack(failure: LabError): Promise<void> {
    this.operation.log('failed: this lab never worked, so everything of it is removed again');
    try {
      await destroyLab(this.operation.uncancellable(), this.lab, false);
      // What was seen of a lab that failed tells why; nobody asks why a cancelled one is gone.
      if (failure.code === 'cancelled') {
        await rm(recordingsDir(this.parts.stateDir, this.lab), { recursive: true, force: true });
      }
      this.operation.log('failed: nothing of the lab is left');
    } catch (error) {
      this.operation.log(`failed: removing it failed as well: ${reasonOf(error)}`);
    }
  }

  private async timed<T>(step: DeployStep, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.durations[step] = Math.round(performance.now() - started);
    }
  }
}

/** Remarks on what the lab does differently are many and harmless: they are counted, the caller gets them all. */
function logFindings(operation: Operation, findings: readonly Finding[]): void {
  const remarks = findings.filter(({ severity }) => severity === 'information' || severity === 'hint');
  for (const finding of findings) {
    if (!remarks.includes(finding)) operation.log(`check: ${describeFinding(finding)}`);
  }
  if (remarks.length > 0) operation.log(`check: ${remarks.length} remarks on what the lab does differently`);
}

/** The first few reasons; the whole list goes along separately. */
function waitingMessage(reasons: readonly string[]): string {
  if (reasons.length === 0) return 'everything is healthy';
  const shown = reasons.slice(0, SHOWN_REASONS).join('; ');
  const more = reasons.length - SHOWN_REASONS;
  return `waiting for ${shown}${more > 0 ? `; and ${more} more` : ''}`;
}

function describeFinding(finding: Finding): string {
  const { file, range, severity, code, message } = finding;
  return `${file}:${range.start.line + 1}:${range.start.character + 1} ${severity} ${code} ${message}`;
}

function badWorkspace(findings: readonly Finding[]): LabError {
  const errors = findings.filter((finding) => finding.severity === 'error');
  return new LabError(
    'bad-workspace',
    `The workspace has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}: ${errors.map(describeFinding).join('; ')}`,
    errors[0]?.remedy ?? 'Mend the files, then deploy again.',
    { findings },
  );
}
