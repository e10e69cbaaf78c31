import { parseIpv4 } from '../../cluster/ipv4';
import { parseAddress } from '../../languages/haproxy/check/values/addresses';
import { askedPages } from '../../languages/haproxy/model/http-check';
import type { Proxy } from '../../languages/haproxy/model/proxy';
import type { Server } from '../../languages/haproxy/model/servers';
import { isSure } from '../../languages/haproxy/syntax/document';
import type { Word } from '../../languages/haproxy/syntax/word';

/** A server whose check asks GitLab for a page that is there for some addresses only. */
export interface AskedServer {
  readonly number: number;
  readonly port: number;
  /** As written, from the slash on. */
  readonly uri: string;
  /** The address it is asked from; undefined for that of the machine HAProxy runs on. */
  readonly source: string | undefined;
}

/** GitLab's pages for monitoring; a token lets anybody in. */
const MONITORING_PAGE = /^\/-\/(?:readiness|health|liveness|metrics)(?=$|[/?])(?!.*[?&]token=)/;

/** Parameters of servers that are not checked, or whose checks go another way. */
const OTHERWISE = ['disabled', 'track', 'socks4', 'namespace'];

/** The servers of a section that are asked for GitLab's pages, where 404 takes them out; only those of which all is sure. */
export function askedServers(proxy: Proxy): readonly AskedServer[] {
  const pages = askedPages(proxy).filter(({ uri, refuses404 }) => refuses404 && MONITORING_PAGE.test(uri));
  if (pages.length === 0) return [];
  const sources = proxy.all('source');
  if (!sources.every(isSure)) return [];
  const shared = sources.at(-1)?.args ?? [];
  return proxy.servers.flatMap((server): AskedServer[] => {
    const place = checkedPlace(server);
    const source = sourceOf(server, shared);
    if (place === undefined || source === 'unclear') return [];
    const { number, port: usual } = place;
    return pages.flatMap(({ uri, port = usual }) =>
      port === undefined ? [] : [{ number, port, uri, source: source?.host }],
    );
  });
}

/** Where a server is checked; undefined where it is not, or it is no plain address. */
function checkedPlace(
  server: Server,
): { readonly number: number; readonly port: number | undefined } | undefined {
  if (!isSure(server.statement) || !server.has('check') || OTHERWISE.some((name) => server.has(name)))
    return undefined;
  const other = server.value('addr');
  const { parsed } = server;
  const checked = other === undefined ? parsed : parseAddress(other);
  const number = checked.family === 'ip' && !checked.dynamic ? parseIpv4(checked.host) : undefined;
  if (number === undefined || parsed.dynamic) return undefined;
  const port = Number(server.value('port')?.value) || (checked.port ?? parsed.port);
  return { number, port };
}

/** Undefined where nothing says so: the machine's own address. */
function sourceOf(
  server: Server,
  shared: readonly Word[],
): { readonly host: string } | 'unclear' | undefined {
  const word = server.value('source') ?? shared[0];
  if (word === undefined) return undefined;
  if (shared.some(({ value }) => value === 'interface') || server.has('interface')) return 'unclear';
  const { host } = parseAddress(word);
  if (host === '0.0.0.0' || host === '*' || host === '') return undefined;
  return parseIpv4(host) === undefined ? 'unclear' : { host };
}
