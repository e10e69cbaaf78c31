import { isHostName } from '../../cluster/host-name';
import { parseIpv4, parseSubnet } from '../../cluster/ipv4';
import type { ConfigValue, UnknownConfigValue } from './config-value';

/** A converted value, or what is wrong with it (a clause after the key's name) and what to write instead. */
export type Converted<T> =
  | { readonly value: T }
  | { readonly problem: string; readonly remedy: string }
  | { readonly unknown: UnknownConfigValue };

/** Turns a value of gitlab.rb into a setting's type. */
export type Conversion<T> = (value: ConfigValue) => Converted<T>;

const WORD = /^[A-Za-z0-9_.-]{1,64}$/;
const REACHABLE = "Use '0.0.0.0' or the node's own address.";
const FIRST_FREE_PORT = 1024;
const SIZE = /^\d{1,9} ?(?:B|kB|MB|GB|TB)?$/;

/** Integers; digits in quotes count as well, because the package writes both the same way. */
export function integer(least: number, most: number): Conversion<number> {
  return (value) => {
    if (value.kind === 'unknown') return { unknown: value };
    const number =
      value.kind === 'string' && /^\s*-?\d{1,15}\s*$/.test(value.value) ? Number(value.value) : undefined;
    const found = value.kind === 'integer' ? value.value : number;
    if (found === undefined) return wrong(value, 'a whole number', `a number from ${least} to ${most}`);
    if (found >= least && found <= most) return { value: found };
    const problem = `is ${found}, which is outside ${least} to ${most}`;
    return { problem, remedy: `Write a number from ${least} to ${most}.` };
  };
}

/** Of a service that does not run as root. */
export const port: Conversion<number> = (value) => {
  const converted = integer(1, 65535)(value);
  if (!('value' in converted) || converted.value >= FIRST_FREE_PORT) return converted;
  const problem = `is ${converted.value}, and below ${FIRST_FREE_PORT} only root may listen`;
  return { problem, remedy: `Write a port from ${FIRST_FREE_PORT} to 65535.` };
};

export const boolean: Conversion<boolean> = (value) => {
  if (value.kind === 'unknown') return { unknown: value };
  if (value.kind === 'boolean') return { value: value.value };
  if (value.kind === 'string') {
    const problem = `is the text '${short(value.value)}', and every text counts as true`;
    return { problem, remedy: 'Write true or false without quotes.' };
  }
  return wrong(value, 'true or false', 'true or false without quotes');
};

/** A name that goes into other programs' files: letters, digits, `_`, `.` and `-`. */
export const word: Conversion<string> = (value) => {
  if (value.kind === 'unknown') return { unknown: value };
  if (value.kind !== 'string' && value.kind !== 'symbol') return wrong(value, 'a text', 'a name in quotes');
  if (WORD.test(value.value)) return { value: value.value };
  const problem = `is '${short(value.value)}', which is no plain name`;
  return { problem, remedy: 'Use letters, digits, "_", "." and "-" only.' };
};

/** One of a few words. */
export function oneOf<T extends string>(...words: readonly T[]): Conversion<T> {
  return (value) => {
    if (value.kind === 'unknown') return { unknown: value };
    const text = value.kind === 'string' || value.kind === 'symbol' ? value.value.toLowerCase() : undefined;
    const found = words.find((candidate) => candidate === text);
    if (found !== undefined) return { value: found };
    const shown = text === undefined ? `a ${nounOf(value)}` : `'${short(text)}'`;
    return { problem: `is ${shown}, which it does not know`, remedy: `Use one of: ${words.join(', ')}.` };
  };
}

/** PostgreSQL sizes: a number with or without a unit. Bare numbers get `unit`. */
export function size(unit: string): Conversion<string> {
  return (value) => {
    if (value.kind === 'unknown') return { unknown: value };
    if (value.kind === 'integer' && value.value >= 0) return { value: `${value.value}${unit}` };
    if (value.kind !== 'string') return wrong(value, 'a size', `a size such as '256MB'`);
    if (!SIZE.test(value.value)) {
      const problem = `is '${short(value.value)}', which is no size`;
      return { problem, remedy: `Write a number and a unit (kB, MB, GB), for example '256MB'.` };
    }
    return { value: /^\d+$/.test(value.value) ? `${value.value}${unit}` : value.value.replace(' ', '') };
  };
}

/** Redis sizes: bytes, or a number with b, k, kb, m, mb, g, gb. */
export const redisSize: Conversion<string> = (value) => {
  if (value.kind === 'unknown') return { unknown: value };
  const text =
    value.kind === 'integer' ? String(value.value) : value.kind === 'string' ? value.value : undefined;
  if (text === undefined) return wrong(value, 'a size', `a size such as '256mb'`);
  if (/^\d{1,15}(?:b|[kmg]b?)?$/i.test(text)) return { value: text };
  const problem = `is '${short(text)}', which is no size`;
  return { problem, remedy: `Write a number and a unit (kb, mb, gb), for example '256mb'.` };
};

/** Times such as '500ms', '1s'; in milliseconds. */
export const duration: Conversion<number> = (value) => {
  if (value.kind === 'unknown') return { unknown: value };
  const match = value.kind === 'string' ? /^(\d{1,6})(ms|s|m)$/.exec(value.value) : null;
  if (match === null) return wrong(value, 'a time', `a time such as '500ms' or '1s'`);
  const factor = match[2] === 'ms' ? 1 : match[2] === 's' ? 1000 : 60_000;
  return { value: Number(match[1]) * factor };
};

/** Where a site is found: `http://` or `https://` and a host, as the package takes it. Without a slash at the end. */
export const webAddress: Conversion<string> = (value) => {
  if (value.kind === 'unknown') return { unknown: value };
  const remedy = "Write a scheme and a host: 'https://gitlab.example.com'.";
  if (value.kind !== 'string')
    return wrong(value, 'an address', "an address such as 'https://gitlab.example.com'");
  const text = value.value.trim();
  if (/^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[\w./~-]*)?$/.test(text) && URL.canParse(text)) {
    return { value: text.replace(/\/+$/, '') };
  }
  return { problem: `is '${short(text)}', which is no address of a site`, remedy };
};

/** A list of addresses to connect to; one text counts as a list of one. */
export const hosts: Conversion<readonly string[]> = (value) =>
  textList(
    value,
    (text) => parseIpv4(text) !== undefined || /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})$/.test(text),
  );

/** A list of networks in CIDR notation; an address without a prefix is refused by PostgreSQL. */
export const networks: Conversion<readonly string[]> = (value) =>
  textList(value, (text) => parseSubnet(text) !== undefined);

/** A list of addresses and networks, as programs that trust proxies take them. */
export const addresses: Conversion<readonly string[]> = (value) =>
  textList(value, (text) => parseIpv4(text) !== undefined || parseSubnet(text) !== undefined);

/** The same with those of IPv6. */
export const anyAddresses: Conversion<readonly string[]> = (value) =>
  textList(value, (text) => parseIpv4(text) !== undefined || parseSubnet(text) !== undefined || isIpv6(text));

/** True for an IPv6 address or network. */
function isIpv6(text: string): boolean {
  const [address = '', prefix = '128', ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > 128) return false;
  const halves = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const groups = halves.flat();
  const whole = halves.length === 2 ? groups.length < 8 : halves.length === 1 && groups.length === 8;
  return whole && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}

/** A list of texts of one form; one text counts as a list of one. */
export function texts(fits: (text: string) => boolean): Conversion<readonly string[]> {
  return (value) => textList(value, fits);
}

/** A list of words. */
export const words = texts((text) => WORD.test(text));

/**
 * Addresses to listen on: IPv4, a full host name, `localhost` or `*`, separated by blanks or commas. Whether a host name
 * is the node's own can only be said where the cluster is known.
 */
export const listening: Conversion<string> = (value) => {
  if (value.kind === 'unknown') return { unknown: value };
  if (value.kind !== 'string') return wrong(value, 'an address', `'0.0.0.0' or the node's address`);
  const parts = listened(value.value);
  const fits = (part: string): boolean =>
    part === '*' || part === 'localhost' || parseIpv4(part) !== undefined || isFullHostName(part);
  if (parts.length > 0 && parts.every(fits)) return { value: value.value };
  return { problem: `is '${short(value.value)}', which is no IPv4 address`, remedy: REACHABLE };
};

/** The same as a list; what listens on every IPv6 address listens on every one. */
export const listeningList: Conversion<string> = mapped(
  texts(
    (text) =>
      ['*', '[::]', 'localhost'].includes(text) || parseIpv4(text) !== undefined || isFullHostName(text),
  ),
  (texts) => texts.map((text) => (text === '[::]' ? '*' : text)).join(' '),
);

/** The same for services that other nodes must reach: not the loopback alone. */
export const reachable: Conversion<string> = (value) => {
  const converted = listening(value);
  if (!('value' in converted)) return converted;
  const loopback = (part: string): boolean => part === 'localhost' || part.startsWith('127.');
  if (!listened(converted.value).every(loopback)) return converted;
  const problem = `is '${short(converted.value)}', where no other node reaches it`;
  return { problem, remedy: REACHABLE };
};

/** One word alone is a node's name at best, which no other file of a lab is given an address for. */
function isFullHostName(text: string): boolean {
  return text.includes('.') && isHostName(text);
}

function listened(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

/** A parameter of postgresql.conf as text: booleans become on and off. */
export const parameter: Conversion<string> = (value) => {
  if (value.kind === 'unknown') return { unknown: value };
  if (value.kind === 'boolean') return { value: value.value ? 'on' : 'off' };
  if (value.kind === 'integer' || value.kind === 'float') return { value: String(value.value) };
  if (value.kind !== 'string' && value.kind !== 'symbol')
    return wrong(value, 'a single value', 'a text or a number');
  // A line break would begin another parameter.
  const bad = [...value.value].some((letter) => letter < ' ') || value.value.length > 1000;
  if (bad) return { problem: 'holds control characters or is too long', remedy: 'Write it on one line.' };
  return { value: value.value };
};

/** Another shape of a converted value. */
export function mapped<A, B>(convert: Conversion<A>, change: (value: A) => B): Conversion<B> {
  return (value) => {
    const converted = convert(value);
    return 'value' in converted ? { value: change(converted.value) } : converted;
  };
}

/** A plain name that passes a further look. @param faultOf what is wrong with the name; undefined when nothing is */
export function name(
  faultOf: (name: string) => { readonly problem: string; readonly remedy: string } | undefined,
): Conversion<string> {
  return (value) => {
    const converted = word(value);
    return 'value' in converted ? (faultOf(converted.value) ?? converted) : converted;
  };
}

function textList(value: ConfigValue, fits: (text: string) => boolean): Converted<readonly string[]> {
  if (value.kind === 'unknown') return { unknown: value };
  const items = value.kind === 'array' ? value.items : [value];
  const texts: string[] = [];
  for (const item of items) {
    if (item.kind === 'unknown') return { unknown: item };
    if (item.kind === 'nil') continue;
    if (item.kind !== 'string')
      return wrong(value, 'a list of texts', 'a list such as %w(10.0.0.1 10.0.0.2)');
    if (!fits(item.value)) {
      const comma = item.value.endsWith(',') ? ' %w(...) takes no commas.' : '';
      const problem = `holds '${short(item.value)}', which does not belong there`;
      return { problem, remedy: `Correct this element.${comma}` };
    }
    texts.push(item.value);
  }
  return { value: texts };
}

function wrong(value: ConfigValue, expected: string, write: string): { problem: string; remedy: string } {
  if (value.kind === 'hash' && value.fromReading === true) {
    const problem = 'is only read here, never set, and GitLab then makes it an empty hash';
    return { problem, remedy: `Use one "=" to set it: ${write}.` };
  }
  return { problem: `must be ${expected}, not a ${nounOf(value)}`, remedy: `Write ${write}.` };
}

function nounOf(value: ConfigValue): string {
  switch (value.kind) {
    case 'string':
      return `text ('${short(value.value)}')`;
    case 'integer':
    case 'float':
      return `number (${value.value})`;
    case 'array':
      return 'list';
    case 'boolean':
      return `boolean (${value.value})`;
    case 'symbol':
    case 'nil':
    case 'hash':
    case 'unknown':
      return value.kind;
  }
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
