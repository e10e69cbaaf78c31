import { say } from '../words/message';
import type { Message } from '../words/message';
import { join } from 'node:path';
import { meant } from '../finding/did-you-mean';
import type { RubyParserLoader } from '../languages/gitlab-rb/ruby/ruby-parser';
import type { ObserverOptions } from '../observe/create-observer';
import type { Observer } from '../observe/observer';
import { DockerTransport } from '../transport/docker/docker-transport';
import { meanwhileShared } from '../transport/meanwhile-shared';
import type { Relays } from '../transport/relay/relays';
import type { NodeTransport } from '../transport/transport';
import type { AwaitHealth } from './health/await-health';
import { ChangeFeed } from './docker/events/change-feed';
import type { DockerConnection } from './docker/endpoint/connect';
import { connectDocker } from './docker/endpoint/connect';
import { dockerFailure } from './docker/docker-errors';
import { listLabs } from './docker/snapshot/lab-listing';
import { actOnNode, containerOf } from './docker/execute/node-actions';
import { InTurn } from './in-turn';
import { LabError } from './lab-error';
import type {
  DeployControl,
  DeployPreview,
  DeployResult,
  LabInfo,
  LabService,
  NodeAction,
  OperationControl,
  PrunedImages,
  WorkspaceFiles,
} from './lab-service';
import { RecordingFile } from './recording-file';
import { recordingsDir } from './state-dir';
import { profileOf } from './profiles/profiles';
import { labTarget } from './target';
import type { ProgramRunner } from './verify/real-program';

export interface DockerLabServiceParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly imageDir: string;
  readonly stateDir: string;
  readonly loadRubyParser: RubyParserLoader;
  /** The real one, loaded at first use, when absent. */
  readonly createObserver: ((options: ObserverOptions) => Observer) | undefined;
  /** By observing the lab when absent. */
  readonly awaitHealth: AwaitHealth | undefined;
  readonly log: (line: string) => void;
}

/** Labs in a Docker engine; labels on containers are the only memory. */
export class DockerLabService implements LabService {
  private connecting: Promise<DockerConnection> | undefined;
  private loadingRelays: Promise<Relays> | undefined;
  private readonly changes: ChangeFeed;
  private readonly turns = new InTurn();

  constructor(private readonly parts: DockerLabServiceParts) {
    this.changes = new ChangeFeed(async () => (await this.connection()).docker);
  }

  async list(): Promise<readonly LabInfo[]> {
    const { docker } = await this.connection();
    return this.asLabError(say('list the labs'), listLabs(docker));
  }

  async get(name: string): Promise<LabInfo> {
    const labs = await this.list();
    const found = labs.find((lab) => lab.name === name);
    if (found) return found;
    const others = labs.map((lab) => lab.name);
    const remedy = others.length === 0 ? say('There is none at all: deploy one.') : meant(name, others);
    throw new LabError('no-lab', say('There is no lab "{0}".', name), remedy);
  }

  async dated(lab: LabInfo): Promise<LabInfo> {
    const { lastFilledAt } = await import('./docker/snapshot/filled-at');
    const { docker } = await this.connection();
    const ids = lab.containers.map(({ id }) => id);
    const updatedAt = await this.asLabError(say('look at the lab'), lastFilledAt(docker, ids));
    return updatedAt === undefined ? lab : { ...lab, updatedAt };
  }

  async deploy(files: WorkspaceFiles, control: DeployControl = {}): Promise<DeployResult> {
    const { deployWorkspace } = await import('./docker/deploy');
    const { observedHealth } = await import('./health/observed-health');
    const { imageDir, stateDir, loadRubyParser } = this.parts;
    const parts = {
      connection: await this.connection(),
      imageDir,
      stateDir,
      loadRubyParser,
      awaitHealth:
        this.parts.awaitHealth ?? observedHealth((lab, justStarted) => this.observer(lab, justStarted)),
      observe: (lab: LabInfo) => this.observer(lab, false),
      transport: (lab: LabInfo, node: string) => this.transportOf(lab, node),
      ask: (lab: LabInfo, node: string) => this.relayedTo(lab, node),
      askContainer: this.askContainer,
    };
    const relays = await this.relays();
    const deployed = relays.during(() => deployWorkspace(parts, files, control));
    return this.asLabError(say('deploy the lab'), deployed);
  }

  async preview(files: WorkspaceFiles, control: OperationControl = {}): Promise<DeployPreview> {
    const { previewWorkspace } = await import('./docker/preview');
    const { imageDir, loadRubyParser } = this.parts;
    const connection = await this.connection();
    // Each container is asked once, which is not worth a relay.
    const askContainer = async (id: string, node: string): Promise<NodeTransport> =>
      new DockerTransport(node, connection.docker.getContainer(id));
    const parts = { connection, imageDir, loadRubyParser, askContainer };
    return this.asLabError(say('plan the lab'), previewWorkspace(parts, files, control));
  }

  async destroy(name: string, control: OperationControl = {}): Promise<boolean> {
    const { destroyNamedLab } = await import('./docker/destroy-named-lab');
    const { docker } = await this.connection();
    const { stateDir } = this.parts;
    return this.asLabError(say('destroy the lab'), destroyNamedLab({ docker, stateDir }, name, control));
  }

  async prune(dryRun: boolean): Promise<PrunedImages> {
    const { pruneImages } = await import('./docker/image/prune-images');
    const { currentImages } = await import('./docker/image/current-images');
    const { docker } = await this.connection();
    const current = await currentImages(this.parts.imageDir);
    return this.asLabError(say('remove images'), pruneImages(docker, current, dryRun));
  }

  async node(lab: string, node: string, action: NodeAction): Promise<void> {
    const { docker } = await this.connection();
    await actOnNode(docker, await this.get(lab), node, action);
  }

  async service(
    lab: string,
    node: string,
    service: string,
    action: 'start' | 'stop' | 'restart',
  ): Promise<void> {
    const found = await this.get(lab);
    const transport = await this.transportOf(found, node);
    const command = profileOf(found.cluster).controlService(action, service);
    const result = await transport.exec(command);
    if (result.exitCode === 0) return;
    throw new LabError(
      'docker-failed',
      say('{0} failed on {1}: {2}', command.join(' '), node, (result.stderr || result.stdout).trim()),
      say('Look at the log of {0} on {1}.', service, node),
    );
  }

  async exclusively<T>(lab: string, purpose: string, work: () => Promise<T>): Promise<T> {
    const { withLabLocks } = await import('./docker/locks/lab-locks');
    const { stateDir, log } = this.parts;
    const { docker } = await this.connection();
    return this.turns.run(lab, () =>
      withLabLocks({ operation: { docker, log }, stateDir, lab }, purpose, work),
    );
  }

  async transport(lab: string, node: string): Promise<NodeTransport> {
    return this.transportOf(await this.get(lab), node);
  }

  async realPrograms(control: OperationControl = {}): Promise<ProgramRunner> {
    const { imagePrograms } = await import('./docker/image/image-programs');
    const { docker } = await this.connection();
    const { imageDir, stateDir } = this.parts;
    return imagePrograms({ docker, imageDir, stateDir }, control);
  }

  observe(lab: LabInfo): Promise<Observer> {
    return this.observer(lab, false);
  }

  private async observer(lab: LabInfo, justStarted: boolean): Promise<Observer> {
    const { docker } = await this.connection();
    const { DockerContainerEvents } = await import('./docker/events/container-events');
    const createObserver =
      this.parts.createObserver ?? (await import('../observe/create-observer')).createObserver;
    // All nodes are asked for at once, and all are in one list.
    const current = meanwhileShared(() => this.get(lab.name));
    return createObserver({
      target: labTarget(lab, {
        transport: async (node) => this.relayedTo(await current(), node),
        containers: new DockerContainerEvents(docker, lab.name),
      }),
      justStarted,
      recording: await this.newRecording(lab.name).prepare(),
      log: this.parts.log,
    });
  }

  onDidChange(listener: () => void): { dispose(): void } {
    return this.changes.listen(listener);
  }

  /** One file per observation: several processes may watch the same lab. */
  private newRecording(lab: string): RecordingFile {
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${process.pid}.ndjson`;
    return new RecordingFile(join(recordingsDir(this.parts.stateDir, lab), name));
  }

  private async transportOf(lab: LabInfo, node: string): Promise<NodeTransport> {
    const { docker } = await this.connection();
    return new DockerTransport(node, containerOf(docker, lab, node));
  }

  /** For whoever asks a node many things. */
  private async relayedTo(lab: LabInfo, node: string): Promise<NodeTransport> {
    const { docker } = await this.connection();
    return this.askContainer(containerOf(docker, lab, node).id, node);
  }

  private readonly askContainer = async (id: string, node: string): Promise<NodeTransport> => {
    const [{ docker }, relays] = await Promise.all([this.connection(), this.relays()]);
    return relays.to(id, new DockerTransport(node, docker.getContainer(id)));
  };

  private relays(): Promise<Relays> {
    this.loadingRelays ??= import('../transport/relay/relays').then(({ Relays: Loaded }) => new Loaded());
    return this.loadingRelays;
  }

  /** One connection for all calls; a failed attempt is not kept, because Docker may be started meanwhile. */
  private async connection(): Promise<DockerConnection> {
    this.connecting ??= connectDocker(this.parts.env);
    try {
      return await this.connecting;
    } catch (error) {
      this.connecting = undefined;
      throw error;
    }
  }

  private async asLabError<T>(what: Message, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw dockerFailure(what, error);
    }
  }
}
