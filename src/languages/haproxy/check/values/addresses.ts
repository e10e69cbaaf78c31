import type { Severity } from '../../../../finding/finding';
import { atLeast, type HaproxyVersion } from '../../schema/version';
import { UNKNOWN_TEXT, type Word } from '../../syntax/word';
import { checkExperimental } from '../experimental';
import type { Scope } from '../scope';

/** What an address may look like at its place, as HAProxy's parser is told there. */
export interface AddressRules {
  readonly port: 'required' | 'allowed' | 'forbidden';
  /** `8000-8010`. */
  readonly range?: boolean;
  /** `+100`, `-100`. */
  readonly offset?: boolean;
  /** Host names; otherwise only numbers, `*` and nothing. */
  readonly names?: boolean;
  /** Names are resolved while the file is read, so that nothing else can stand there. */
  readonly strict?: boolean;
  /** A server's: file descriptors that were handed over are for listeners. */
  readonly server?: boolean;
  /** HAProxy starts without an answer, so that what is no address is only a warning. */
  readonly unresolved?: () => boolean;
  /** A name is looked up while the file is read, and HAProxy does not start without an answer. */
  readonly resolved?: boolean;
}

export type Family = 'ip' | 'unix' | 'other';

export interface Address {
  readonly family: Family;
  readonly host: string;
  /** First port; undefined when none is written. */
  readonly port: number | undefined;
  /** True when the environment completes it. */
  readonly dynamic: boolean;
}

const PREFIX =
  /^(?:(?:stream|dgram|quic)\+)?(?:(ip|ipv4|ipv6|tcp|tcp4|tcp6|mptcp|mptcp4|mptcp6|udp|udp4|udp6|quic4|quic6)|(unix|uxdg|uxst|abns|abnsz)|(fd|sockpair|rhttp|rev))@/;

/** `$NAME` and `${NAME}` are expanded inside addresses even without quotes. */
const VARIABLE = /\$(?:[A-Za-z_][A-Za-z0-9_]*|\{[A-Za-z_][A-Za-z0-9_]*(-[^}]*)?\})/g;

/** Splits an address; never fails, what makes no sense stays in the host. */
export function parseAddress(word: Word): Address {
  const text = word.value;
  const dynamic = word.dynamic || text.includes('$');
  const prefix = PREFIX.exec(text);
  if (prefix?.[2] !== undefined || text.startsWith('/'))
    return { family: 'unix', host: text, port: undefined, dynamic };
  if (prefix?.[3] !== undefined) return { family: 'other', host: text, port: undefined, dynamic };
  const rest = prefix === null ? text : text.slice(prefix[0].length);
  const colon = Math.max(rest.lastIndexOf(':'), rest.lastIndexOf(']'));
  if (colon < 0 || rest.charAt(colon) === ']') return { family: 'ip', host: rest, port: undefined, dynamic };
  const port = /^\d+/.exec(rest.slice(colon + 1));
  const host = rest.slice(0, colon);
  return { family: 'ip', host, port: port === null ? undefined : Number(port[0]), dynamic };
}

/** Checks an address against what its place allows. */
export function checkAddress(scope: Scope, word: Word, rules: AddressRules): void {
  if (word.dynamic || word.value.includes('$')) return checkVariables(scope, word);
  const fail = (message: string, severity: Severity = 'error'): void =>
    scope.report('address', word, message, addressRemedy(rules), { severity });
  const text = word.value;
  if (isRefused(scope, word, rules)) return;
  const prefix = PREFIX.exec(text);
  if (prefix?.[2] !== undefined || prefix?.[3] !== undefined || text.startsWith('/')) {
    if ((prefix?.[3] === 'fd' || prefix?.[3] === 'sockpair') && !/@\d+$/.test(text))
      fail(`"${text}" has no number after "@".`);
    else if (text.startsWith('/') && text.length > 97)
      fail(`The socket path "${text}" is longer than 97 characters.`);
    return;
  }
  const rest = prefix === null ? text : text.slice(prefix[0].length);
  const split = Math.max(rest.lastIndexOf(':'), rest.lastIndexOf(']'));
  const hasPort = split > 0 || rest.startsWith(':') ? rest.charAt(split) === ':' : false;
  const host = hasPort ? rest.slice(0, split) : rest;
  if (!hasPort) {
    if (rules.port === 'required') fail(`The port is missing in "${text}".`);
    else if (rules.names !== true && !isNumeric(host)) fail(`"${text}" is not an IP address.`);
    else if (rules.strict === true && /[^A-Za-z0-9._:%[\]*-]/.test(host)) fail(`"${host}" is no host.`);
    else if (impossible(host) !== undefined) fail(noAddress(host, text), unresolvedSeverity(rules));
    else if (rules.resolved === true) checkName(scope, word, host);
    return;
  }
  if (rules.port === 'forbidden') return fail(`A port is not allowed in "${text}".`);
  checkPort(scope.version, rest.slice(split + 1), text, rules, fail);
  if (isNoIpv6(host)) {
    const message = `"${host}" in "${text}" is no IPv6 address: what follows the last colon is the port to HAProxy.`;
    const remedy = 'Put the address in brackets: [address]:port.';
    scope.report('address', word, message, remedy, { severity: unresolvedSeverity(rules) });
  } else if (rules.names !== true && !isNumeric(host)) checkBindHost(scope, word, host, fail);
  else if (rules.strict === true && /[^A-Za-z0-9._:%[\]-]/.test(host) && host !== '*')
    fail(`"${host}" is no host.`);
  else if (impossible(host) !== undefined) fail(noAddress(host, text), unresolvedSeverity(rules));
  else if (rules.resolved === true) checkName(scope, word, host);
}

/** Reports what is no address at all, and kinds of addresses that this version does not know. @returns true when it did */
function isRefused(scope: Scope, word: Word, rules: AddressRules): boolean {
  const text = word.value;
  const refuse = (
    kind: 'address' | 'newer',
    message: string,
    remedy: string,
    details?: { readonly severity: Severity },
  ): true => {
    scope.report(kind, word, message, remedy, details);
    return true;
  };
  if (rules.server === true && /^(fd|sockpair)@/.test(text))
    return refuse('address', `"${text}" cannot be the address of a server.`, 'Write address:port or a path.');
  const url = /^[A-Za-z][A-Za-z\d+.-]*:\/\/([^/]*)/.exec(text);
  if (url) {
    const remedy = `Write ${url[1] ? `"${url[1]}"` : 'the address'} without what stands before and behind it.`;
    return refuse('address', `"${text}" is a URL; HAProxy takes it for the name of a host.`, remedy, {
      severity: unresolvedSeverity(rules),
    });
  }
  const isNewer = (since: HaproxyVersion): boolean => rules.names !== true && !atLeast(scope.version, since);
  const message = `HAProxy ${scope.version} does not know addresses such as "${text}".`;
  if (text.startsWith('rhttp@') && isNewer('3.0'))
    return refuse('newer', message, 'They exist since HAProxy 3.0.');
  if (/^(mptcp[46]?|abnsz)@/.test(text) && isNewer('3.2'))
    return refuse('newer', message, 'They exist since HAProxy 3.2.');
  return text.startsWith('rhttp@') && !checkExperimental(scope, word, 'address rhttp@');
}

const unresolvedSeverity = ({ unresolved }: AddressRules): Severity =>
  unresolved?.() === true ? 'warning' : 'error';

/** The number that makes four of them no IPv4 address: they are taken for a name, which nobody has. */
function impossible(host: string): string | undefined {
  if (!/^\d+(?:\.\d+){3}$/.test(host)) return undefined;
  return host.split('.').find((number) => Number(number) > 255);
}

/** True for a host with colons that is no address, with brackets or without; a zone is left to the machine. */
function isNoIpv6(host: string): boolean {
  const plain = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return plain.includes(':') && !plain.includes('%') && !isIPv6(plain);
}

/** IPv6 in figures: eight groups, fewer with one `::`; the last two may be written as IPv4. */
function isIPv6(text: string): boolean {
  const [left = '', right, extra] = text
    .replace(/:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/, ':0:0')
    .split('::');
  if (extra !== undefined) return false;
  const groups = [left, right ?? ''].flatMap((part) => (part === '' ? [] : part.split(':')));
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  return right === undefined ? groups.length === 8 : groups.length <= 7;
}

function noAddress(host: string, text: string): string {
  return `"${host}" in "${text}" is no IP address: ${impossible(host)} is more than 255.`;
}

/** Says that the start depends on a name; `localhost` is known everywhere. */
function checkName(scope: Scope, word: Word, host: string): void {
  if (isNumeric(host) || host === 'localhost' || !/[A-Za-z]/.test(host)) return;
  const message = `HAProxy must resolve "${host}" when it starts, and does not start when it cannot.`;
  scope.report('host-name', word, message, 'Write the address.', { severity: 'warning' });
}

/** A listener may be named by a host, which is then resolved when HAProxy starts; that depends on the machine. */
function checkBindHost(scope: Scope, word: Word, host: string, fail: (message: string) => void): void {
  if (/[^A-Za-z0-9._-]/.test(host) || /^[\d.]+$/.test(host))
    fail(`"${host}" in "${word.value}" is neither an IP address nor a host name.`);
  else checkName(scope, word, host);
}

function checkPort(
  version: HaproxyVersion,
  port: string,
  text: string,
  rules: AddressRules,
  fail: (message: string) => void,
): void {
  if (port === '') return rules.port === 'required' ? fail(`The port is missing in "${text}".`) : undefined;
  const offset = /^[+-]/.test(port);
  if (offset && rules.offset !== true) return fail(`A port offset is not allowed in "${text}".`);
  const match = /^[+-]?(\d+)(?:-(\d+))?$/.exec(port);
  // HAProxy 2.6 ignores what follows the digits.
  if (match === null && !atLeast(version, '3.0') && /^\d+([^-\d]|$)/.test(port)) return;
  if (match === null || (offset && match[2] !== undefined))
    return fail(`"${port}" in "${text}" is not a port.`);
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  if (match[2] !== undefined && rules.range !== true)
    return fail(`A range of ports is not allowed in "${text}".`);
  if (offset) return;
  const least = rules.port === 'required' ? 1 : 0;
  if (first < least || last > 65_535 || first > 65_535)
    fail(`"${port}" in "${text}" is not a port from 1 to 65535.`);
  else if (first > last) fail(`The range of ports "${port}" in "${text}" runs backwards.`);
}

function addressRemedy(rules: AddressRules): string {
  if (rules.port === 'required') return 'Write address:port, e.g. 10.0.0.10:443, or *:443 for all addresses.';
  if (rules.port === 'forbidden') return 'Write the address alone.';
  return 'Write address or address:port with a port from 1 to 65535.';
}

/** Numeric IPv4 and IPv6, with or without brackets, `*` and nothing for every address. */
export function isNumeric(host: string): boolean {
  const plain = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  if (plain === '' || plain === '*') return true;
  if (/^\d+(\.\d+){0,3}$/.test(plain)) return plain.split('.').every((part) => Number(part) <= 255);
  return plain.includes(':') && /^[0-9a-fA-F:.]+(%\w+)?$/.test(plain);
}

function checkVariables(scope: Scope, word: Word): void {
  const open = word.unset || [...word.value.matchAll(VARIABLE)].some((match) => match[1] === undefined);
  const strange = !word.dynamic && word.value.replace(VARIABLE, '').includes('$');
  if (strange) {
    const message = `"${word.value}" holds a "$" that names no environment variable.`;
    return scope.report('address', word, message, 'Fill in the address; variables are written "${NAME}".');
  }
  if (!open || word.value === UNKNOWN_TEXT) return;
  const message = `The address "${word.value.replaceAll(UNKNOWN_TEXT, '$…')}" comes from the environment; unset, HAProxy does not start.`;
  const remedy = 'Give a default, "${NAME-value}", or set the variable for the service on every node.';
  scope.report('environment', word, message, remedy);
}

/** Of one word no more addresses are looked at. */
export const MOST_ADDRESSES = 1_000;

/** Addresses of a `bind` line: several may stand in one word, divided by commas. */
export function checkBindAddress(scope: Scope, word: Word): void {
  if (/^(udp[46]?|uxdg|dgram\+\w+)@/.test(word.value)) {
    const message = `"${word.value}" is a datagram address; "bind" listens for streams.`;
    return scope.report('address', word, message, 'Use tcp@, quic4@ or no prefix.');
  }
  const many = word.value.split(',', MOST_ADDRESSES);
  if (word.dynamic || many.length === 1) return checkAddress(scope, word, BIND);
  for (const part of many) checkAddress(scope, { ...word, value: part }, BIND);
}

const BIND: AddressRules = { port: 'required', range: true };
/** The address checks go to. */
export const CHECK: AddressRules = { port: 'allowed', names: true, resolved: true };
export const SERVER: AddressRules = { port: 'allowed', offset: true, names: true, server: true };
export const PEER: AddressRules = { port: 'required', names: true, strict: true, resolved: true };
export const SOURCE: AddressRules = { port: 'allowed', range: true, names: true, resolved: true };
/** Where neither ranges nor offsets make sense. */
export const PLAIN: AddressRules = { port: 'allowed', names: true, strict: true, resolved: true };
