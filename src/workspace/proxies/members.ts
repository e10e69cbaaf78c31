import { parseIpv4 } from '../../cluster/ipv4';
import type { Range } from '../../finding/finding';
import { SECTION_NAMES } from '../../languages/haproxy/syntax/document';

/** All peers of a keepalived.conf, of all its instances together. */
export interface UnicastPeers {
  readonly numbers: ReadonlySet<number>;
  /** Of the first `unicast_peer`. */
  readonly range: Range;
}

/** A section of haproxy.cfg with its servers. */
export interface ServerPool {
  readonly name: string;
  /** Of the name. */
  readonly range: Range;
  readonly servers: readonly { readonly number: number; readonly port: number }[];
}

type RangeOf = (from: number, length: number) => Range;

const PEERS = /^(\s*)unicast_peer\b/;
/** What may bring in lines that are not seen here. */
const ELSEWHERE = /^\s*include|\$/;
const ADDRESS = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const POOL = /^(\s*(?:backend|listen)\s+)(\S+)/;
const WORD = /^\s*([a-z-]+)/;
const SECTIONS: ReadonlySet<string> = new Set(SECTION_NAMES);
const SERVER = /^\s*server(?:-template)?\s+\S+\s+(\S+)/;
const PLAIN = /^((?:\d{1,3}\.){3}\d{1,3}):(\d{1,5})$/;

/** Reads who is named as a member of what, line by line. */
export class MemberReader {
  private readonly numbers = new Set<number>();
  private peersAt: Range | undefined;
  private inPeers = false;
  private sure = true;
  private readonly pools: Pool[] = [];
  private pool: Pool | undefined;

  /** @param code a line without its comment @param rangeOf the range of a part of it */
  read(code: string, rangeOf: RangeOf): void {
    if (ELSEWHERE.test(code)) this.sure = false;
    this.readPeers(code, rangeOf);
    this.readServers(code, rangeOf);
  }

  /** What the lines said. */
  found(): { readonly peers: UnicastPeers | undefined; readonly pools: readonly ServerPool[] } {
    const { peersAt: range, numbers, sure } = this;
    const peers = range !== undefined && sure ? { numbers, range } : undefined;
    return { peers, pools: this.pools.filter((pool) => pool.plain && pool.servers.length > 0) };
  }

  private readPeers(code: string, rangeOf: RangeOf): void {
    const begin = PEERS.exec(code);
    if (begin !== null) {
      this.inPeers = true;
      this.peersAt ??= rangeOf((begin[1] ?? '').length, 'unicast_peer'.length);
    }
    if (!this.inPeers) return;
    for (const [text] of code.matchAll(ADDRESS)) {
      const number = parseIpv4(text);
      if (number !== undefined) this.numbers.add(number);
    }
    if (code.includes('}')) this.inPeers = false;
  }

  private readServers(code: string, rangeOf: RangeOf): void {
    const begin = POOL.exec(code);
    const [, before = '', name = ''] = begin ?? [];
    if (begin !== null) {
      this.pool = { name, range: rangeOf(before.length, name.length), servers: [], plain: true };
      this.pools.push(this.pool);
    } else if (SECTIONS.has(WORD.exec(code)?.[1] ?? '')) this.pool = undefined;
    const target = SERVER.exec(code)?.[1];
    if (target === undefined || this.pool === undefined) return;
    const [, text = '', port = ''] = PLAIN.exec(target) ?? [];
    const number = parseIpv4(text);
    if (number === undefined) this.pool.plain = false;
    else this.pool.servers.push({ number, port: Number(port) });
  }
}

interface Pool extends ServerPool {
  readonly servers: { readonly number: number; readonly port: number }[];
  plain: boolean;
}
