import { parseIpv4 } from '../../cluster/ipv4';
import type { Range } from '../../finding/finding';
import { checkUri } from '../../languages/haproxy/model/check-uri';
import type { Bind, Proxy } from '../../languages/haproxy/model/proxy';
import { sentProxyProtocol, type Server } from '../../languages/haproxy/model/servers';
import { isSure, type HaproxyDocument } from '../../languages/haproxy/syntax/document';
import { askedServers, type AskedServer } from './asked-servers';

/** What arrives at a server first: TLS, or what is inside of it. */
export type Wire = 'tls' | 'plain';

/** A server that is a plain address with a port, and how HAProxy speaks to it. */
export interface SpokenServer {
  readonly number: number;
  readonly port: number;
  /** Of the address. */
  readonly range: Range;
  /** The parameter that has the PROXY protocol sent; undefined where it is not. */
  readonly proxyProtocol: string | undefined;
  /** Undefined when it is not sure, or differs. */
  readonly wire: Wire | undefined;
  /** True where the wire is only what clients send to such a port: HAProxy itself passes on whatever comes. */
  readonly wireIsAssumed: boolean;
}

/** A section of haproxy.cfg with its servers of which all is sure. */
export interface SpokenPool {
  readonly name: string;
  readonly mode: string | undefined;
  /** True where its check asks for a page by which GitLab tells its health. */
  readonly asksGitlab: boolean;
  readonly servers: readonly SpokenServer[];
  /** The pages its checks ask GitLab for where only an answer other than 404 will do. */
  readonly asked: readonly AskedServer[];
}

/** Prometheus has /-/ready and /-/healthy. */
const GITLAB_PAGE = /^\/-\/(?:readiness|health|liveness)\b/;

type Rangeable = Pick<HaproxyDocument, 'range' | 'inParts'>;

/** How a haproxy.cfg speaks to its servers. None of a long one: a cluster's has some hundred lines. */
export function spokenPools(document: Rangeable, proxies: () => readonly Proxy[]): readonly SpokenPool[] {
  if (document.inParts) return [];
  const all = proxies();
  return all.flatMap((proxy): SpokenPool[] => {
    const sure = proxy.backend && proxy.runs && proxy.all('default-server').every(isSure);
    if (!sure) return [];
    const passed = proxy.mode === 'http' ? 'plain' : proxy.mode === 'tcp' ? passedOn(proxy, all) : undefined;
    const servers = proxy.servers.flatMap((server) =>
      spokenServer(document, server, { mode: proxy.mode, passed }),
    );
    const asksGitlab = GITLAB_PAGE.test(checkUri(proxy)?.uri ?? '');
    return [{ name: proxy.name, mode: proxy.mode, asksGitlab, servers, asked: askedServers(proxy) }];
  });
}

function spokenServer(
  document: Rangeable,
  server: Server,
  { mode, passed }: { readonly mode: string | undefined; readonly passed: Wire | undefined },
): SpokenServer[] {
  const { family, host, port, dynamic } = server.parsed;
  const number = parseIpv4(host);
  if (family !== 'ip' || dynamic || port === undefined || number === undefined) return [];
  if (!isSure(server.statement)) return [];
  const range = document.range(server.address);
  const ssl = server.has('ssl');
  const wire = ssl ? 'tls' : passed;
  const wireIsAssumed = !ssl && mode !== 'http';
  return [{ number, port, range, proxyProtocol: sentProxyProtocol(server), wire, wireIsAssumed }];
}

/** What the clients of a pool in TCP mode send, as far as the ports they come to tell it. */
function passedOn({ name }: Proxy, proxies: readonly Proxy[]): Wire | undefined {
  const wires = new Set<Wire | undefined>();
  for (const frontend of proxies) {
    const { targets, binds } = frontend;
    if (!frontend.frontend) continue;
    if (targets.some((target) => target.includes('%['))) return undefined;
    // Who is told apart by a condition may be told apart by what it sends.
    if (
      frontend
        .all('use_backend')
        .some(({ args: [target, ...condition] }) => target?.value === name && condition.length > 0)
    )
      return undefined;
    if (targets.includes(name)) for (const bind of binds) wires.add(arriving(bind));
  }
  const [wire, ...others] = wires;
  return others.length === 0 ? wire : undefined;
}

function arriving({ statement, ports }: Bind): Wire | undefined {
  if (!isSure(statement)) return undefined;
  if (statement.args.some(({ value }) => value === 'ssl')) return 'plain';
  if (ports.length === 1 && ports[0] === 443) return 'tls';
  return ports.length === 1 && ports[0] === 80 ? 'plain' : undefined;
}
