import { execFile } from 'node:child_process';
import { readFile, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { OFFICIAL_BASE, OWN_BASE, hasImage } from '../../lab/docker/image/base-image';
import { connectDocker } from '../../lab/docker/endpoint/connect';
import { describeEndpoint } from '../../lab/docker/endpoint/endpoint';
import { listLabs } from '../../lab/docker/snapshot/lab-listing';
import { LABEL } from '../../lab/docker/labels';
import { nodeImageReference } from '../../lab/docker/image/node-image';
import { LabError } from '../../lab/lab-error';
import type { MachineOptions } from '../context';
import { countFreeSubnets } from './free-subnets';
import type { DockerFacts, DockerProblem, Machine, MachineFacts } from './machine';

type Env = Readonly<Record<string, string | undefined>>;

const REGISTRY_TIMEOUT_MS = 8_000;

/** Linux counts caches the kernel would give back; elsewhere only what is free is known. */
async function availableMemory(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
}

async function hasProgram(program: string): Promise<boolean> {
  return promisify(execFile)(program, ['--version'], { timeout: 5_000 }).then(
    () => true,
    () => false,
  );
}

/** Whether a loopback port can be bound. */
export async function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function freeDisk(folder: string): Promise<number | undefined> {
  return statfs(folder).then(
    (stats) => stats.bavail * stats.bsize,
    () => undefined,
  );
}

/** Asks the registry through the engine, which is what would pull; nothing is downloaded. */
async function registryAnswers(docker: Docker, image: string): Promise<boolean> {
  return docker
    .getImage(image)
    .distribution({ abortSignal: AbortSignal.timeout(REGISTRY_TIMEOUT_MS) })
    .then(
      () => true,
      () => false,
    );
}

interface Found {
  readonly labs: DockerFacts['labs'];
  readonly leftovers: readonly string[];
  readonly subnets: readonly string[];
}

async function findLabs(docker: Docker): Promise<Found> {
  const [labs, networks] = await Promise.all([listLabs(docker), docker.listNetworks()]);
  const names = new Set(labs.map((lab) => lab.name));
  const leftovers = networks.flatMap(({ Name: name, Labels: labels }) => {
    const lab = labels?.[LABEL.lab];
    return lab === undefined || names.has(lab) ? [] : [`network ${name} of lab ${lab}`];
  });
  const subnets = networks.flatMap((network) =>
    (network.IPAM?.Config ?? []).flatMap((config) => (config.Subnet === undefined ? [] : [config.Subnet])),
  );
  return { labs: labs.map(({ name, phase }) => ({ name, state: phase })), leftovers, subnets };
}

interface ImageFacts {
  readonly nodeImage: boolean;
  readonly base: DockerFacts['base'];
}

/** Where the node image of this version comes from; the registry is asked only when nothing else will do. */
async function imageFacts(docker: Docker, imageDir: string): Promise<ImageFacts> {
  const { reference } = await nodeImageReference(imageDir);
  const bases = [OFFICIAL_BASE, `${OWN_BASE.repo}:${OWN_BASE.tag}`];
  const [nodeImage, ...present] = await Promise.all(
    [reference, ...bases].map((name) => hasImage(docker, name)),
  );
  const here = bases.find((_, index) => present[index]);
  const needed = nodeImage !== true && here === undefined;
  return {
    nodeImage: nodeImage === true,
    base: {
      name: here ?? OFFICIAL_BASE,
      present: here !== undefined,
      registryAnswers: needed && (await registryAnswers(docker, OFFICIAL_BASE)),
    },
  };
}

async function dockerFacts(env: Env, imageDir: string): Promise<DockerFacts | DockerProblem> {
  try {
    const { docker, endpoint, apiVersion, serverVersion } = await connectDocker(env);
    const [info, images, labs] = await Promise.all([
      docker.info() as Promise<{
        MemTotal: number;
        NCPU: number;
        OperatingSystem: string;
        DockerRootDir: string;
      }>,
      imageFacts(docker, imageDir),
      findLabs(docker),
    ]);
    return {
      endpoint: describeEndpoint(endpoint),
      version: serverVersion,
      apiVersion,
      operatingSystem: info.OperatingSystem,
      memoryBytes: info.MemTotal,
      cpus: info.NCPU,
      freeDiskBytes: endpoint.kind === 'socket' ? await freeDisk(info.DockerRootDir) : undefined,
      ...images,
      freeSubnets: countFreeSubnets(labs.subnets),
      labs: labs.labs,
      leftovers: labs.leftovers,
    };
  } catch (error) {
    if (error instanceof LabError) return { code: error.code, message: error.said, remedy: error.advice };
    throw error;
  }
}

export interface MachineParts {
  readonly env: Env;
  /** Folder of the image recipe. */
  readonly imageDir: string;
}

/** The machine this program runs on, with the Docker engine the options or the environment point to. */
export function createMachine(options: MachineOptions, parts: MachineParts): Machine {
  const { env } = parts;
  const dockerEnv = options.dockerHost === undefined ? env : { ...env, DOCKER_HOST: options.dockerHost };
  const port = options.httpPort ?? 0;
  return {
    async facts(): Promise<MachineFacts> {
      const [availableMemoryBytes, mmdebstrap, docker] = await Promise.all([
        availableMemory(),
        hasProgram('mmdebstrap'),
        dockerFacts(dockerEnv, parts.imageDir),
      ]);
      return {
        nodeVersion: process.versions.node,
        totalMemoryBytes: totalmem(),
        availableMemoryBytes,
        mmdebstrap: { installed: mmdebstrap, root: process.getuid?.() === 0 },
        httpPort: port === 0 ? undefined : { port, free: await isPortFree(port) },
        docker,
      };
    },
  };
}
