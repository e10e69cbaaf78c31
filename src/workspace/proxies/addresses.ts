import { parseIpv4 } from '../../cluster/ipv4';
import type { Range } from '../../finding/finding';
import { parseHaproxy } from '../../languages/haproxy/syntax/document';
import { HAPROXY_VERSIONS } from '../../languages/haproxy/schema/version';
import { parseKeepalived } from '../../languages/keepalived/syntax/document';
import { MemberReader, type ServerPool, type UnicastPeers } from './members';
import type { SpokenPool } from './spoken';

/** An IPv4 address, or a network, that a configuration names; those in comments are none. */
export interface AddressUse {
  /** As written, without the prefix. */
  readonly text: string;
  readonly number: number;
  /** What follows a slash, 0 to 32. */
  readonly prefix: number | undefined;
  /** Of the address without its prefix. */
  readonly range: Range;
}

/** What the checks between files need to know of a haproxy.cfg or keepalived.conf. */
export interface ProxyFacts {
  /** True when nothing but comments stands in it. */
  readonly empty: boolean;
  readonly addresses: readonly AddressUse[];
  /** Ports of `bind` at all addresses of the machine. */
  readonly boundEverywhere: readonly number[];
  /** The address a keepalived.conf says its own machine has. */
  readonly own: AddressUse | undefined;
  /** Whom a keepalived.conf exchanges adverts with by unicast; undefined when it does not, or not all can be told. */
  readonly peers: UnicastPeers | undefined;
  /** The sections of a haproxy.cfg that name servers, as far as all of them are plain addresses with a port. */
  readonly pools: readonly ServerPool[];
  /** How a haproxy.cfg speaks to its servers. */
  readonly spoken: readonly SpokenPool[];
}

/** A whole IPv4 address: no digit or dot continues it on either side. */
const ADDRESS = /(?<![\d.])((?:\d{1,3}\.){3}\d{1,3})(?![\d.])(?:\/(\d{1,2})(?!\d))?/g;

/** A `bind` of haproxy.cfg, with its addresses. */
const BIND = /^\s*bind\s+(\S+)/;
const EVERYWHERE = /^(?:\*|0\.0\.0\.0|ipv4@\*?)?:(\d{1,5})$/;

const OWN = /^\s*unicast_src_ip\s+((?:\d{1,3}\.){3}\d{1,3})(?![\d.])/;

/** What both parsers say of a file: its lines, and where a comment begins in them. */
export interface ProxyDocument {
  readonly text: string;
  readonly lines: readonly {
    readonly start: number;
    readonly end: number;
    readonly comment: { readonly start: number } | undefined;
  }[];
  range(span: { readonly start: number; readonly end: number }): Range;
}

/**
 * Collects the facts of a file its language has read. Takes time in proportion to its length.
 * @param spoken how a haproxy.cfg speaks to its servers
 */
export function proxyFacts(document: ProxyDocument, spoken: readonly SpokenPool[] = []): ProxyFacts {
  const addresses: AddressUse[] = [];
  const members = new MemberReader();
  let own: AddressUse | undefined;
  const bound: number[] = [];
  // A file that is too long to be read has no lines here, but is not empty.
  let empty = document.lines.length > 0 || document.text.trim() === '';
  for (const { start, end, comment } of document.lines) {
    const code = document.text.slice(start, comment?.start ?? end);
    if (empty && /[^\s\ufeff]/.test(code)) empty = false;
    bound.push(...portsEverywhere(code));
    members.read(code, (from, length) => document.range({ start: start + from, end: start + from + length }));
    const ownText = OWN.exec(code)?.[1];
    for (const match of code.matchAll(ADDRESS)) {
      const [, text = '', prefix] = match;
      const number = parseIpv4(text);
      if (number === undefined) continue;
      const at = start + match.index;
      const size = prefix === undefined ? undefined : Number(prefix);
      const use: AddressUse = {
        text,
        number,
        prefix: size !== undefined && size <= 32 ? size : undefined,
        range: document.range({ start: at, end: at + text.length }),
      };
      addresses.push(use);
      if (text === ownText) own ??= use;
    }
  }
  return { empty, addresses, boundEverywhere: bound, own, ...members.found(), spoken };
}

function portsEverywhere(line: string): readonly number[] {
  const parts = BIND.exec(line)?.[1]?.split(',') ?? [];
  return parts.flatMap((part) => {
    const port = EVERYWHERE.exec(part)?.[1];
    return port === undefined ? [] : [Number(port)];
  });
}

/** The facts of a haproxy.cfg, without how it speaks to its servers. */
export function haproxyFacts(text: string): ProxyFacts {
  // Where words and comments end is the same in all versions.
  return proxyFacts(parseHaproxy(text, HAPROXY_VERSIONS[0]));
}

/** The facts of a keepalived.conf. */
export function keepalivedFacts(text: string): ProxyFacts {
  return proxyFacts(parseKeepalived(text));
}
