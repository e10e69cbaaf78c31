import { OLDEST_ENGINE } from '../../lab/docker/endpoint/connect';
import { EXIT } from '../exit-code';
import type { DockerFacts, DockerProblem, MachineFacts } from './machine';

export type CheckStatus = 'ok' | 'warning' | 'failed';

export interface Check {
  /** Stable, for programs. */
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  readonly detail: string;
  /** What to do; empty when nothing needs doing. */
  readonly remedy: string;
}

const GIB = 1024 ** 3;
/** Node image (about 0.7 GB) plus its build and the nodes' data. */
const DISK_NEEDED = 3 * GIB;
/** Three nodes use about half a GiB resident; the rest is for the caches of PostgreSQL and the build. */
const MEMORY_NEEDED = 1.5 * GIB;

const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

function check(id: string, title: string, status: CheckStatus, detail: string, remedy: string): Check {
  return { id, title, status, detail, remedy: status === 'ok' ? '' : remedy };
}

/** Compares dotted numbers: negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function node(facts: MachineFacts): Check {
  const ok = compareVersions(facts.nodeVersion, '20.0.0') >= 0;
  return check(
    'node',
    'Node.js',
    ok ? 'ok' : 'failed',
    `version ${facts.nodeVersion}`,
    'Install Node.js 20 or newer.',
  );
}

function memory(facts: MachineFacts): Check {
  const available = isFacts(facts.docker)
    ? Math.min(facts.availableMemoryBytes, facts.docker.memoryBytes)
    : facts.availableMemoryBytes;
  return check(
    'memory',
    'Memory',
    available >= MEMORY_NEEDED ? 'ok' : 'warning',
    `${gib(available)} available of ${gib(facts.totalMemoryBytes)}`,
    `Free some memory, or give Docker more: three nodes want ${gib(MEMORY_NEEDED)}.`,
  );
}

function disk(docker: DockerFacts): Check {
  if (docker.freeDiskBytes === undefined) {
    return check('disk', 'Disk', 'ok', "Docker's data is not on this machine, not checked", '');
  }
  const enough = docker.freeDiskBytes >= (docker.nodeImage ? GIB : DISK_NEEDED);
  return check(
    'disk',
    'Disk',
    enough ? 'ok' : 'failed',
    `${gib(docker.freeDiskBytes)} free where Docker keeps its data`,
    `Free at least ${gib(DISK_NEEDED)} there, e.g. remove images you no longer need.`,
  );
}

function image(facts: MachineFacts, docker: DockerFacts): Check {
  const title = 'Node image';
  if (docker.nodeImage) return check('image', title, 'ok', 'built', '');
  if (docker.base.present)
    return check('image', title, 'ok', `to be built from ${docker.base.name}, which is here`, '');
  if (docker.base.registryAnswers) {
    return check('image', title, 'ok', `to be built from ${docker.base.name}, which the registry has`, '');
  }
  if (facts.mmdebstrap.installed && facts.mmdebstrap.root) {
    return check('image', title, 'ok', 'no registry answers: the base will be made with mmdebstrap', '');
  }
  return check(
    'image',
    title,
    'failed',
    `${docker.base.name} is not here and no registry answers`,
    'Connect to a registry, load the image with `docker load`, or on Debian/Ubuntu as root: apt-get install mmdebstrap',
  );
}

function subnets(docker: DockerFacts): Check {
  return check(
    'subnets',
    'Networks',
    docker.freeSubnets > 0 ? 'ok' : 'failed',
    `${docker.freeSubnets} of 256 networks in 172.30.0.0/16 are free`,
    'Remove Docker networks in 172.30.0.0/16 that you no longer need: docker network ls',
  );
}

function port(facts: MachineFacts): Check {
  if (facts.httpPort === undefined)
    return check('port', 'HTTP port', 'ok', 'any free port will be taken', '');
  const { port: number, free } = facts.httpPort;
  return check(
    'port',
    'HTTP port',
    free ? 'ok' : 'warning',
    `127.0.0.1:${number} is ${free ? 'free' : 'taken'}`,
    'Unless the lab itself holds it, set lab.http_port in cluster.yaml to another port, or to 0 for any.',
  );
}

function leftovers(docker: DockerFacts): Check {
  const broken = docker.labs
    .filter((lab) => lab.state !== 'running')
    .map((lab) => `lab ${lab.name} (${lab.state})`);
  const found = [...broken, ...docker.leftovers];
  const names = docker.labs.filter((lab) => lab.state !== 'running').map((lab) => lab.name);
  const remedy =
    names.length > 0
      ? `Repair with \`gitlab-ha up\`, or remove with ${names.map((name) => `\`gitlab-ha down ${name}\``).join(', ')}.`
      : 'The next `gitlab-ha up` or `gitlab-ha down` of that lab removes them.';
  const running = docker.labs.filter((lab) => lab.state === 'running').length;
  const none = running === 0 ? 'no lab, nothing left over' : `${running} running, nothing left over`;
  return check(
    'leftovers',
    'Labs',
    found.length === 0 ? 'ok' : 'warning',
    found.length === 0 ? none : found.join(', '),
    remedy,
  );
}

/** True when an engine answered. */
export function isFacts(docker: DockerFacts | DockerProblem): docker is DockerFacts {
  return 'endpoint' in docker;
}

function dockerChecks(facts: MachineFacts): readonly Check[] {
  const { docker } = facts;
  if (!isFacts(docker)) return [check('docker', 'Docker', 'failed', docker.message, docker.remedy)];
  const recent = compareVersions(docker.apiVersion, OLDEST_ENGINE.api) >= 0;
  return [
    check(
      'docker',
      'Docker',
      recent ? 'ok' : 'failed',
      `${docker.version} (API ${docker.apiVersion}, ${docker.operatingSystem}) at ${docker.endpoint}`,
      `Update Docker: API ${OLDEST_ENGINE.api} (Docker ${OLDEST_ENGINE.version}) or newer is needed.`,
    ),
    disk(docker),
    image(facts, docker),
    subnets(docker),
    port(facts),
    leftovers(docker),
  ];
}

/** Judges the machine: one check per matter, each with a remedy when it is not ok. */
export function diagnose(facts: MachineFacts): readonly Check[] {
  return [node(facts), memory(facts), ...dockerChecks(facts)];
}

/** 4 when Docker cannot be used, 1 when anything else failed, 0 otherwise (warnings do not count). */
export function doctorExitCode(checks: readonly Check[]): number {
  const failed = checks.filter((entry) => entry.status === 'failed');
  if (failed.some((entry) => entry.id === 'docker')) return EXIT.noDocker;
  return failed.length > 0 ? EXIT.failed : EXIT.ok;
}
