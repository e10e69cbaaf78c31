import { translate } from '../../words/message';
import { OLDEST_ENGINE } from '../../lab/docker/endpoint/connect';
import { EXIT } from '../exit-code';
import type { DockerFacts, DockerProblem, MachineFacts } from './machine';
import type { Localizer } from '../../presentation/words/localizer';

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

function node(l10n: Localizer, facts: MachineFacts): Check {
  const ok = compareVersions(facts.nodeVersion, '20.0.0') >= 0;
  return check(
    'node',
    'Node.js',
    ok ? 'ok' : 'failed',
    l10n.t('version {0}', facts.nodeVersion),
    l10n.t('Install Node.js 20 or newer.'),
  );
}

function memory(l10n: Localizer, facts: MachineFacts): Check {
  const available = isFacts(facts.docker)
    ? Math.min(facts.availableMemoryBytes, facts.docker.memoryBytes)
    : facts.availableMemoryBytes;
  return check(
    'memory',
    l10n.t('Memory'),
    available >= MEMORY_NEEDED ? 'ok' : 'warning',
    l10n.t('{0} available of {1}', gib(available), gib(facts.totalMemoryBytes)),
    l10n.t('Free some memory, or give Docker more: three nodes want {0}.', gib(MEMORY_NEEDED)),
  );
}

function disk(l10n: Localizer, docker: DockerFacts): Check {
  if (docker.freeDiskBytes === undefined) {
    return check(
      'disk',
      l10n.t('Disk'),
      'ok',
      l10n.t("Docker's data is not on this machine, not checked"),
      '',
    );
  }
  const enough = docker.freeDiskBytes >= (docker.nodeImage ? GIB : DISK_NEEDED);
  return check(
    'disk',
    l10n.t('Disk'),
    enough ? 'ok' : 'failed',
    l10n.t('{0} free where Docker keeps its data', gib(docker.freeDiskBytes)),
    l10n.t('Free at least {0} there, e.g. remove images you no longer need.', gib(DISK_NEEDED)),
  );
}

function image(l10n: Localizer, facts: MachineFacts, docker: DockerFacts): Check {
  const title = l10n.t('Node image');
  if (docker.nodeImage) return check('image', title, 'ok', l10n.t('built'), '');
  if (docker.base.present)
    return check('image', title, 'ok', l10n.t('to be built from {0}, which is here', docker.base.name), '');
  if (docker.base.registryAnswers) {
    return check(
      'image',
      title,
      'ok',
      l10n.t('to be built from {0}, which the registry has', docker.base.name),
      '',
    );
  }
  if (facts.mmdebstrap.installed && facts.mmdebstrap.root) {
    return check(
      'image',
      title,
      'ok',
      l10n.t('no registry answers: the base will be made with mmdebstrap'),
      '',
    );
  }
  return check(
    'image',
    title,
    'failed',
    l10n.t('{0} is not here and no registry answers', docker.base.name),
    l10n.t(
      'Connect to a registry, load the image with `docker load`, or on Debian/Ubuntu as root: apt-get install mmdebstrap',
    ),
  );
}

function subnets(l10n: Localizer, docker: DockerFacts): Check {
  return check(
    'subnets',
    l10n.t('Networks'),
    docker.freeSubnets > 0 ? 'ok' : 'failed',
    l10n.t('{0} of 256 networks in 172.30.0.0/16 are free', docker.freeSubnets),
    l10n.t('Remove Docker networks in 172.30.0.0/16 that you no longer need: docker network ls'),
  );
}

function port(l10n: Localizer, facts: MachineFacts): Check {
  if (facts.httpPort === undefined)
    return check('port', l10n.t('HTTP port'), 'ok', l10n.t('any free port will be taken'), '');
  const { port: number, free } = facts.httpPort;
  return check(
    'port',
    l10n.t('HTTP port'),
    free ? 'ok' : 'warning',
    free ? l10n.t('127.0.0.1:{0} is free', number) : l10n.t('127.0.0.1:{0} is taken', number),
    l10n.t(
      'Unless the lab itself holds it, set lab.http_port in cluster.yaml to another port, or to 0 for any.',
    ),
  );
}

function leftovers(l10n: Localizer, docker: DockerFacts): Check {
  const broken = docker.labs
    .filter((lab) => lab.state !== 'running')
    .map((lab) => l10n.t('lab {0} ({1})', lab.name, lab.state));
  const found = [...broken, ...docker.leftovers];
  const names = docker.labs.filter((lab) => lab.state !== 'running').map((lab) => lab.name);
  const remedy =
    names.length > 0
      ? l10n.t(
          'Repair with `gitlab-ha up`, or remove with {0}.',
          names.map((name) => `\`gitlab-ha down ${name}\``).join(', '),
        )
      : l10n.t('The next `gitlab-ha up` or `gitlab-ha down` of that lab removes them.');
  const running = docker.labs.filter((lab) => lab.state === 'running').length;
  const none =
    running === 0 ? l10n.t('no lab, nothing left over') : l10n.t('{0} running, nothing left over', running);
  return check(
    'leftovers',
    l10n.t('Labs'),
    found.length === 0 ? 'ok' : 'warning',
    found.length === 0 ? none : found.join(', '),
    remedy,
  );
}

/** True when an engine answered. */
export function isFacts(docker: DockerFacts | DockerProblem): docker is DockerFacts {
  return 'endpoint' in docker;
}

function dockerChecks(l10n: Localizer, facts: MachineFacts): readonly Check[] {
  const { docker } = facts;
  if (!isFacts(docker))
    return [
      check('docker', 'Docker', 'failed', translate(docker.message, l10n), translate(docker.remedy, l10n)),
    ];
  const recent = compareVersions(docker.apiVersion, OLDEST_ENGINE.api) >= 0;
  return [
    check(
      'docker',
      'Docker',
      recent ? 'ok' : 'failed',
      l10n.t(
        '{0} (API {1}, {2}) at {3}',
        docker.version,
        docker.apiVersion,
        docker.operatingSystem,
        docker.endpoint,
      ),
      l10n.t(
        'Update Docker: API {0} (Docker {1}) or newer is needed.',
        OLDEST_ENGINE.api,
        OLDEST_ENGINE.version,
      ),
    ),
    disk(l10n, docker),
    image(l10n, facts, docker),
    subnets(l10n, docker),
    port(l10n, facts),
    leftovers(l10n, docker),
  ];
}

/** Judges the machine: one check per matter, each with a remedy when it is not ok. */
export function diagnose(facts: MachineFacts, l10n: Localizer): readonly Check[] {
  return [node(l10n, facts), memory(l10n, facts), ...dockerChecks(l10n, facts)];
}

/** 4 when Docker cannot be used, 1 when anything else failed, 0 otherwise (warnings do not count). */
export function doctorExitCode(checks: readonly Check[]): number {
  const failed = checks.filter((entry) => entry.status === 'failed');
  if (failed.some((entry) => entry.id === 'docker')) return EXIT.noDocker;
  return failed.length > 0 ? EXIT.failed : EXIT.ok;
}
