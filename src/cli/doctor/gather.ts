import { execFile } from 'node:child_process';
import { readFile, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { connectDocker } from '../../lab/docker/connect';
import { describeEndpoint } from '../../lab/docker/endpoint';
import { listLabs } from '../../lab/docker/lab-listing';
import { LABEL } from '../../lab/docker/labels';
import { LabError } from '../../lab/lab-error';
import type { GlobalOptions } from '../context';
import type { DockerFacts, DockerProblem, Machine, MachineFacts } from './machine';

type Env = Readonly<Record<string, string | undefined>>;

const BASE_IMAGE = 'debian:trixie-slim';
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

async function isPresent(docker: Docker, image: string): Promise<boolean> {
  return docker
    .getImage(image)
    .inspect()
    .then(
      () => true,
      () => false,
    );
}

/** /24 networks of 172.30.0.0/16 that no Docker network overlaps. */
export function countFreeSubnets(used: readonly string[]): number {
  const taken = new Set<number>();
  for (const subnet of used) {
    const match = /^(\d+)\.(\d+)\.(\d+)\.\d+\/(\d+)$/.exec(subnet);
    if (match === null) continue;
    const [a = 0, b = 0, c = 0, bits = 0] = match.slice(1).map(Number);
    const size = 2 ** (32 - bits);
    const start = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8;
    for (let third = 0; third < 256; third += 1) {
      const lab = 172 * 2 ** 24 + 30 * 2 ** 16 + third * 2 ** 8;
      if (lab < start + size && start < lab + 256) taken.add(third);
    }
  }
  return 256 - taken.size;
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

async function dockerFacts(env: Env): Promise<DockerFacts | DockerProblem> {
  try {
    const { docker, endpoint, apiVersion, serverVersion } = await connectDocker(env);
    const [info, images, labs, present] = await Promise.all([
      docker.info() as Promise<{
        MemTotal: number;
        NCPU: number;
        OperatingSystem: string;
        DockerRootDir: string;
      }>,
      docker.listImages({ filters: { label: [LABEL.versions] } }),
      findLabs(docker),
      isPresent(docker, BASE_IMAGE),
    ]);
    return {
      endpoint: describeEndpoint(endpoint),
      version: serverVersion,
      apiVersion,
      operatingSystem: info.OperatingSystem,
      memoryBytes: info.MemTotal,
      cpus: info.NCPU,
      freeDiskBytes: endpoint.kind === 'socket' ? await freeDisk(info.DockerRootDir) : undefined,
      nodeImage: images.length > 0,
      base: {
        name: BASE_IMAGE,
        present,
        registryAnswers: images.length > 0 || present || (await registryAnswers(docker, BASE_IMAGE)),
      },
      freeSubnets: countFreeSubnets(labs.subnets),
      labs: labs.labs,
      leftovers: labs.leftovers,
    };
  } catch (error) {
    if (error instanceof LabError) return { code: error.code, message: error.message, remedy: error.remedy };
    throw error;
  }
}

/** The machine this program runs on, with the Docker engine the options or the environment point to. */
export function createMachine(options: GlobalOptions, env: Env, httpPort?: number): Machine {
  const dockerEnv = options.dockerHost === undefined ? env : { ...env, DOCKER_HOST: options.dockerHost };
  return {
    async facts(): Promise<MachineFacts> {
      const [availableMemoryBytes, mmdebstrap, docker] = await Promise.all([
        availableMemory(),
        hasProgram('mmdebstrap'),
        dockerFacts(dockerEnv),
      ]);
      return {
        nodeVersion: process.versions.node,
        platform: process.platform,
        totalMemoryBytes: totalmem(),
        availableMemoryBytes,
        mmdebstrap,
        httpPort:
          httpPort === undefined || httpPort === 0
            ? undefined
            : { port: httpPort, free: await isPortFree(httpPort) },
        docker,
      };
    },
  };
}
