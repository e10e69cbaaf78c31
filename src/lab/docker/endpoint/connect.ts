import { say } from '../../../words/message';
import type { Agent } from 'node:http';
import { userInfo } from 'node:os';
import type Docker from 'dockerode';
import type { DockerOptions } from 'dockerode';
import { knownHostsFiles } from '../../../transport/ssh/known-hosts-files';
import { SshError } from '../../../transport/ssh/ssh-error';
import { StreamAgent } from '../../../transport/stream-agent';
import { LabError } from '../../lab-error';
import { NO_DOCKER, PERMISSION, errnoOf, reasonOf, statusOf } from '../docker-errors';
import type { Endpoint, EndpointProblem } from './endpoint';
import { chooseEndpoints, describeEndpoint } from './endpoint';
import { readEndpointSources } from './endpoint-sources';
import { EngineOverSsh, sshOpener } from './engine-over-ssh';

/** The oldest engine the lab is tested with, and the API it speaks. */
export const OLDEST_ENGINE = { version: '20.10', api: '1.41' } as const;
const PING_TIMEOUT_MS = 10_000;

/** A Docker engine that answered. */
export interface DockerConnection {
  readonly docker: Docker;
  readonly endpoint: Endpoint;
  readonly apiVersion: string;
  readonly serverVersion: string;
}

/**
 * Finds a Docker engine and talks to it once.
 * @throws LabError `no-docker`, `no-permission` or `docker-too-old`
 */
export async function connectDocker(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<DockerConnection> {
  const sources = await readEndpointSources(env);
  const choice = chooseEndpoints(sources);
  if ('problem' in choice) throw problemError(choice.problem);
  const failures: { endpoint: Endpoint; error: unknown }[] = [];
  for (const endpoint of choice.endpoints) {
    try {
      return await ping(endpoint, knownHostsFiles(sources.home, env));
    } catch (error) {
      if (error instanceof LabError) throw error;
      failures.push({ endpoint, error });
    }
  }
  throw unreachableError(failures);
}

async function ping(endpoint: Endpoint, knownHosts: readonly string[]): Promise<DockerConnection> {
  // Loaded here because it is slow to load and many sessions never need Docker.
  const { default: DockerClient } = await import('dockerode');
  const docker = new DockerClient(clientOptions(endpoint, knownHosts));
  const version = await withinTime(docker.version(), endpoint);
  if (!isRecentEnough(version.ApiVersion)) {
    throw new LabError(
      'docker-too-old',
      say(
        'Docker at {0} speaks API {1}; the lab needs {2} or newer.',
        describeEndpoint(endpoint),
        version.ApiVersion,
        OLDEST_ENGINE.api,
      ),
      say('Update Docker to version {0} or newer.', OLDEST_ENGINE.version),
    );
  }
  return { docker, endpoint, apiVersion: version.ApiVersion, serverVersion: version.Version };
}

/** A remote engine may accept the connection and never answer. */
async function withinTime<T>(answer: Promise<T>, endpoint: Endpoint): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new LabError(
      'no-docker',
      say('Docker at {0} did not answer within {1} s.', describeEndpoint(endpoint), PING_TIMEOUT_MS / 1000),
      say('Check the connection to the engine, or restart it.'),
    );
    timer = setTimeout(() => reject(error), PING_TIMEOUT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Compares `major.minor` with the oldest API the lab works with. */
export function isRecentEnough(apiVersion: string): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_ENGINE.api.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** Options of the client; everything is given, so that it does not read the environment a second time. */
function clientOptions(endpoint: Endpoint, knownHosts: readonly string[]): DockerOptions {
  const none = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  return { ...none, pathPrefix: '/', ...endpointOptions(endpoint, knownHosts) } as DockerOptions;
}

/** docker-modem takes an agent; its types do not say so. */
type ClientOptions = DockerOptions & { readonly agent?: Agent };

function endpointOptions(endpoint: Endpoint, knownHosts: readonly string[]): ClientOptions {
  switch (endpoint.kind) {
    case 'socket':
      return { socketPath: endpoint.path, protocol: 'http' };
    case 'tcp': {
      const { host, port, tls } = endpoint;
      const { ca, cert, key } = tls ?? {};
      const trust = tls && !tls.verify ? { checkServerIdentity: () => undefined } : {};
      return {
        host,
        port,
        protocol: tls ? 'https' : 'http',
        ...(ca ? { ca } : {}),
        ...(cert ? { cert } : {}),
        ...(key ? { key } : {}),
        ...trust,
      };
    }
    case 'ssh': {
      const { host, port, agent, user = userInfo().username } = endpoint;
      const engine = new EngineOverSsh(
        sshOpener({ host, port, user, ...(agent ? { agent } : {}) }, knownHosts),
      );
      // Host and port only name the engine in requests; the agent knows the way.
      return { host: 'docker', port: 80, protocol: 'http', agent: new StreamAgent(() => engine.dial()) };
    }
  }
}

function problemError(problem: EndpointProblem): LabError {
  return problem.kind === 'unknown-context'
    ? new LabError(
        'no-docker',
        say('{0} names "{1}", but there is no such Docker context.', problem.origin, problem.value),
        say(
          'List them with "docker context ls" and choose one with "docker context use", or unset DOCKER_CONTEXT.',
        ),
      )
    : new LabError(
        'no-docker',
        say('{0} is "{1}", which is not an address of a Docker engine.', problem.origin, problem.value),
        say('Use unix:///path, tcp://host:port, npipe:////./pipe/name or ssh://user@host.'),
      );
}

/** Says the most useful thing about several sockets that did not answer. */
function unreachableError(failures: readonly { endpoint: Endpoint; error: unknown }[]): LabError {
  const denied = failures.find(({ error }) => errnoOf(error) === 'EACCES' || errnoOf(error) === 'EPERM');
  if (denied) {
    return new LabError(
      'no-permission',
      say('Docker is there, but this user may not use its socket {0}.', describeEndpoint(denied.endpoint)),
      PERMISSION,
      { cause: denied.error },
    );
  }
  const overSsh = failures.map(({ error }) => error).find((error) => error instanceof SshError);
  if (overSsh) return new LabError('no-docker', overSsh.said, overSsh.advice, { cause: overSsh });
  const told = failures.find(({ error }) => errnoOf(error) !== 'ENOENT') ?? failures[0];
  if (!told || (failures.length > 1 && errnoOf(told.error) === 'ENOENT')) {
    return new LabError(
      'no-docker',
      say('No Docker engine was found: none of its usual sockets exists.'),
      NO_DOCKER,
    );
  }
  const why =
    errnoOf(told.error) ?? (statusOf(told.error) ? `HTTP ${statusOf(told.error)}` : reasonOf(told.error));
  return new LabError(
    'no-docker',
    say(
      'No Docker engine answers at {0} ({1}): {2}.',
      describeEndpoint(told.endpoint),
      told.endpoint.origin,
      why,
    ),
    NO_DOCKER,
    { cause: told.error },
  );
}
