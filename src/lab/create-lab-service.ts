import { join } from 'node:path';
import type { RubyParserLoader } from '../languages/gitlab-rb/ruby/ruby-parser';
import { packagedRubyParser } from '../server/process/packaged-ruby-parser';
import type { Observer } from '../observe/observer';
import type { ObserverOptions } from '../observe/create-observer';
import type { AwaitHealth } from './health/await-health';
import { DockerLabService } from './docker-lab-service';
import type { LabService } from './lab-service';
import { defaultStateDir } from './state-dir';

export interface LabServiceOptions {
  /** Folder of the package: holds lab/image, lab/services and dist/prism.wasm (node_modules in a checkout). */
  readonly root: string;
  /** Docker endpoint such as `unix:///run/docker.sock`; instead of what the environment says. */
  readonly dockerHost?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder of the image recipe; `lab/image` of the package when absent. */
  readonly imageDir?: string;
  /** Folder for locks, logs and recordings; by the XDG rules when absent. */
  readonly stateDir?: string;
  /** Gives the parser of gitlab.rb; the package's own when absent. */
  readonly loadRubyParser?: RubyParserLoader;
  /** Waits until a lab is whole; by observing it when absent. */
  readonly awaitHealth?: AwaitHealth;
  /** Makes the live view of a lab; the real one when absent. */
  readonly createObserver?: (options: ObserverOptions) => Observer;
  /** One line per trouble of a live view, without secrets. */
  readonly log?: (line: string) => void;
}

/**
 * The labs of a Docker engine. Nothing is loaded or connected before the first call.
 */
export function createLabService(options: LabServiceOptions): LabService {
  const given = options.env ?? process.env;
  const env = options.dockerHost ? { ...given, DOCKER_HOST: options.dockerHost } : given;
  return new DockerLabService({
    env,
    imageDir: options.imageDir ?? join(options.root, 'lab', 'image'),
    stateDir: options.stateDir ?? defaultStateDir(env),
    loadRubyParser: options.loadRubyParser ?? packagedRubyParser(options.root),
    createObserver: options.createObserver ?? undefined,
    awaitHealth: options.awaitHealth,
    log: options.log ?? (() => undefined),
  });
}
