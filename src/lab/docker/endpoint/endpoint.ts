/** Where a Docker engine may answer, as pure data: chosen from the environment, contexts and known sockets. */
export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** False when the context says not to verify the server. */
  readonly verify: boolean;
}

export type Endpoint =
  | { readonly kind: 'socket'; readonly path: string; readonly origin: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls?: TlsMaterial;
      readonly origin: string;
    }
  | {
      readonly kind: 'ssh';
      readonly host: string;
      readonly port: number;
      readonly user?: string;
      readonly agent?: string;
      readonly origin: string;
    };

/** A Docker context as its meta.json and TLS folder describe it. */
export interface DockerContext {
  readonly name: string;
  readonly host: string;
  readonly tls?: TlsMaterial;
}

/** What the machine says about its Docker; read by endpoint-sources.ts. */
export interface EndpointSources {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** `currentContext` of Docker's config.json. */
  readonly currentContext: string | undefined;
  readonly contexts: readonly DockerContext[];
  /** TLS material of DOCKER_CERT_PATH, when the variable is set and readable. */
  readonly envTls: TlsMaterial | undefined;
  /** User id, for the rootless socket's usual place; undefined on Windows. */
  readonly uid: number | undefined;
}

/** The configuration names an endpoint that cannot be used. */
export interface EndpointProblem {
  readonly kind: 'unknown-context' | 'bad-address';
  readonly origin: string;
  readonly value: string;
}

export type EndpointChoice =
  | { readonly endpoints: readonly Endpoint[]; readonly explicit: boolean }
  | { readonly problem: EndpointProblem };

const TLS_PORT = 2376;
const PLAIN_PORT = 2375;
const SSH_PORT = 22;

/**
 * Which endpoints to try, in order. An endpoint the user names (DOCKER_HOST, then DOCKER_CONTEXT, then the
 * current context: the order of Docker's own client) is the only one; else the known sockets are tried.
 */
export function chooseEndpoints(sources: EndpointSources): EndpointChoice {
  const { env } = sources;
  const host = env['DOCKER_HOST'];
  if (host) {
    const tls = env['DOCKER_TLS_VERIFY'] || sources.envTls ? (sources.envTls ?? { verify: true }) : undefined;
    return single(parseHost(host, 'DOCKER_HOST', sources, tls), 'DOCKER_HOST', host);
  }
  const named = env['DOCKER_CONTEXT'] ?? sources.currentContext;
  if (!named || named === 'default') return { endpoints: knownSockets(sources), explicit: false };
  const origin = env['DOCKER_CONTEXT'] ? 'DOCKER_CONTEXT' : `Docker context "${named}"`;
  const context = sources.contexts.find((candidate) => candidate.name === named);
  if (!context) return { problem: { kind: 'unknown-context', origin, value: named } };
  return single(parseHost(context.host, origin, sources, context.tls), origin, context.host);
}

function single(endpoint: Endpoint | undefined, origin: string, value: string): EndpointChoice {
  if (!endpoint) return { problem: { kind: 'bad-address', origin, value } };
  return { endpoints: [endpoint], explicit: true };
}

function parseHost(
  text: string,
  origin: string,
  sources: EndpointSources,
  tls: TlsMaterial | undefined,
): Endpoint | undefined {
  if (text.startsWith('unix://')) return { kind: 'socket', path: text.slice('unix://'.length), origin };
  if (text.startsWith('npipe://')) return { kind: 'socket', path: text.slice('npipe://'.length), origin };
  if (!text.includes('://')) return parseHost(`tcp://${text}`, origin, sources, tls);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // WHATWG leaves the brackets on IPv6 hosts; sockets want them bare.
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1');
  if (!url || !host) return undefined;
  if (url.protocol === 'ssh:') return sshEndpoint(url, host, origin, sources);
  if (!['tcp:', 'http:', 'https:'].includes(url.protocol)) return undefined;
  const secure =
    tls ?? (url.protocol === 'https:' || url.port === String(TLS_PORT) ? { verify: true } : undefined);
  const port = url.port ? Number(url.port) : secure ? TLS_PORT : PLAIN_PORT;
  return { kind: 'tcp', host, port, ...(secure ? { tls: secure } : {}), origin };
}

function sshEndpoint(url: URL, host: string, origin: string, sources: EndpointSources): Endpoint {
  const agent = sources.env['SSH_AUTH_SOCK'];
  return {
    kind: 'ssh',
    host,
    port: url.port ? Number(url.port) : SSH_PORT,
    ...(url.username ? { user: decodeURIComponent(url.username) } : {}),
    ...(agent ? { agent } : {}),
    origin,
  };
}

/** Sockets of the usual installations: system-wide, Docker Desktop, Colima, rootless, Podman. */
function knownSockets(sources: EndpointSources): readonly Endpoint[] {
  const { home, env, platform, uid } = sources;
  const socket = (path: string, origin: string): Endpoint => ({ kind: 'socket', path, origin });
  if (platform === 'win32') {
    return [
      socket('//./pipe/docker_engine', 'Docker Desktop'),
      socket('//./pipe/dockerDesktopLinuxEngine', 'Docker Desktop'),
      socket('//./pipe/podman-machine-default', 'Podman'),
    ];
  }
  const runtime = env['XDG_RUNTIME_DIR'] ?? (uid === undefined ? undefined : `/run/user/${uid}`);
  return [
    socket('/var/run/docker.sock', 'Docker'),
    socket(`${home}/.docker/run/docker.sock`, 'Docker Desktop'),
    socket(`${home}/.docker/desktop/docker.sock`, 'Docker Desktop'),
    socket(`${home}/.colima/default/docker.sock`, 'Colima'),
    socket(`${home}/.config/colima/default/docker.sock`, 'Colima'),
    ...(runtime ? [socket(`${runtime}/docker.sock`, 'rootless Docker')] : []),
    ...(runtime ? [socket(`${runtime}/podman/podman.sock`, 'rootless Podman')] : []),
    socket('/run/podman/podman.sock', 'Podman'),
  ];
}

/** The endpoint as people write it. */
export function describeEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'socket':
      return endpoint.path;
    case 'tcp':
      return `tcp://${endpoint.host}:${endpoint.port}`;
    case 'ssh':
      return `ssh://${endpoint.user ? `${endpoint.user}@` : ''}${endpoint.host}:${endpoint.port}`;
  }
}
