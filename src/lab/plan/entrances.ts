import type { Cluster } from '../../cluster/cluster';
import { parseAddress } from '../../languages/haproxy/check/values/addresses';
import { proxiesOf, type Bind, type Proxy, type Server } from '../../languages/haproxy/model/proxies';
import { DEFAULT_HAPROXY_VERSION, haproxyVersion } from '../../languages/haproxy/schema/version';
import { parseHaproxy } from '../../languages/haproxy/syntax/document';
import { changedPorts } from '../../services/changed-ports';
import { CLIENT_WAYS } from '../../services/client-ways';
import type { ClientWayId } from '../../services/client-ways';
import { portOf } from '../../services/ports';
import { SERVICES } from '../../services/registry';
import { sectionOf } from '../../services/settings';
import type { NodeSettings } from '../../services/settings';

/** `http`, `https` and `ssh` are what people come in by at the virtual address, `stats` the statistics at every node's own. */
type Page = 'http' | 'https' | 'ssh' | 'stats';

/** Ports where clients come in, as haproxy.cfg says; those of the ways at the virtual address. Undefined: nowhere. */
export type Entrances = Readonly<Record<Page | ClientWayId, number | undefined>>;

export interface EntrancesInput {
  /** With the addresses of `cluster`. */
  readonly haproxyCfg: string;
  readonly cluster: Cluster;
  /** Settings of every node by name: what port each service has there. */
  readonly allSettings: Readonly<Record<string, NodeSettings>>;
}

const ANY_ADDRESS: ReadonlySet<string> = new Set(['', '*', '0.0.0.0', '::', '[::]']);
/** A plain client is not served by these. */
const NOT_PLAIN: ReadonlySet<string> = new Set(['ssl', 'accept-proxy']);
/** Nor one that speaks TLS by this. */
const NOT_DIRECT: ReadonlySet<string> = new Set(['accept-proxy']);
const USUAL_HTTP_PORT = 80;
const USUAL_HTTPS_PORT = 443;

/** No way in: nobody serves the virtual address. */
export const NO_ENTRANCES: Entrances = {
  http: undefined,
  https: undefined,
  ssh: undefined,
  ...perWay(() => undefined),
  stats: undefined,
};

/** Reads the ways in from haproxy.cfg; what a file does not offer, or says too indirectly, is undefined. Never throws. */
export function entrancesOf({ haproxyCfg, cluster, allSettings }: EntrancesInput): Entrances {
  const version = haproxyVersion(cluster.haproxyVersion) ?? DEFAULT_HAPROXY_VERSION;
  const proxies = proxiesOf(parseHaproxy(haproxyCfg, version));
  const atVip = new Set([...ANY_ADDRESS, cluster.vip]);
  const atNodes = new Set([...ANY_ADDRESS, ...cluster.nodes.map((node) => node.address)]);
  const to = (port: (settings: NodeSettings) => number): number | undefined => {
    const servers = serversOf(cluster, allSettings, port);
    return proxies.flatMap((proxy) => portsLeadingTo(proxy, proxies, atVip, servers))[0];
  };
  return {
    http: httpPort(proxies, atVip),
    https: httpsPort(proxies, atVip),
    ssh: to(sshPort),
    ...perWay((way) => to((settings) => way.port((section) => sectionOf(settings, section)))),
    stats: proxies.filter(showsStatistics).flatMap((proxy) => plainPorts(proxy, atNodes))[0],
  };
}

function perWay(
  port: (way: (typeof CLIENT_WAYS)[number]) => number | undefined,
): Readonly<Record<ClientWayId, number | undefined>> {
  const ports = CLIENT_WAYS.map((way) => [way.id, port(way)]);
  return Object.fromEntries(ports) as Record<ClientWayId, number | undefined>;
}

/** `address:port` of one service on every node, by address and by name. */
function serversOf(
  cluster: Cluster,
  allSettings: EntrancesInput['allSettings'],
  port: (settings: NodeSettings) => number,
): ReadonlySet<string> {
  return new Set(
    cluster.nodes.flatMap(({ name, address }) => {
      const settings = allSettings[name];
      return settings ? [`${address}:${port(settings)}`, `${name}:${port(settings)}`] : [];
    }),
  );
}

function portsLeadingTo(
  proxy: Proxy,
  proxies: readonly Proxy[],
  addresses: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): readonly number[] {
  const behind = proxies
    .filter((candidate) => candidate.backend && proxy.targets.includes(candidate.name))
    .flatMap((backend) => backend.servers);
  return plainPorts(proxy, addresses).filter((port) => behind.some((server) => isOne(server, port, wanted)));
}

/** A server without a port gets the one its client came in at. */
function isOne({ parsed }: Server, cameInAt: number, wanted: ReadonlySet<string>): boolean {
  return wanted.has(`${parsed.host}:${parsed.port ?? cameInAt}`);
}

function plainPorts(proxy: Proxy, addresses: ReadonlySet<string>): readonly number[] {
  return portsWithout(proxy.binds, addresses, NOT_PLAIN);
}

/** @param words none of which a `bind` line may have */
function portsWithout(
  binds: readonly Bind[],
  addresses: ReadonlySet<string>,
  words: ReadonlySet<string>,
): readonly number[] {
  return binds.flatMap((bind) => {
    if (bind.statement.args.some((word) => words.has(word.value))) return [];
    return partsOf(bind).flatMap(({ host, port }) =>
      port !== undefined && addresses.has(host) ? [port] : [],
    );
  });
}

function partsOf({ address }: Bind): readonly { readonly host: string; readonly port: number | undefined }[] {
  return address.value.split(',').map((part) => parseAddress({ ...address, value: part }));
}

/** Port 80 in any mode (a proxy in TCP mode may pass HTTP on), else the first that speaks HTTP and is for visitors. */
function httpPort(proxies: readonly Proxy[], addresses: ReadonlySet<string>): number | undefined {
  const all = proxies.flatMap((proxy) => plainPorts(proxy, addresses));
  if (all.includes(USUAL_HTTP_PORT)) return USUAL_HTTP_PORT;
  const forVisitors = proxies.filter((proxy) => proxy.mode === 'http' && !showsStatistics(proxy));
  return forVisitors.flatMap((proxy) => plainPorts(proxy, addresses))[0];
}

/** Port 443 where TLS is ended or passed on, else the first where it is ended before HTTP for visitors. */
function httpsPort(proxies: readonly Proxy[], addresses: ReadonlySet<string>): number | undefined {
  const ended = ({ binds }: Proxy): readonly number[] =>
    portsWithout(
      binds.filter(({ statement }) => statement.args.some(({ value }) => value === 'ssl')),
      addresses,
      NOT_DIRECT,
    );
  const passedOn = proxies
    .filter(({ mode }) => mode === 'tcp')
    .flatMap((proxy) => plainPorts(proxy, addresses));
  if ([...proxies.flatMap(ended), ...passedOn].includes(USUAL_HTTPS_PORT)) return USUAL_HTTPS_PORT;
  return proxies.filter((proxy) => proxy.mode === 'http' && !showsStatistics(proxy)).flatMap(ended)[0];
}

/** The port of a node's own server of SSH for people, which is no machine's. */
function sshPort(settings: NodeSettings): number {
  const [found] = SERVICES.flatMap((service) =>
    service.ssh === undefined ? [] : [portOf(service.id, service.ssh, changedPorts(settings))],
  );
  return found ?? NaN;
}

function showsStatistics(proxy: Proxy): boolean {
  return proxy.mode === 'http' && proxy.own('stats').length > 0;
}
