import { atLeast, type HaproxyVersion } from '../../schema/version';

/** What each type of sample can be turned into, from 3.0 on. `any` can become everything. */
const CASTS: Readonly<Record<string, readonly string[]>> = {
  bool: ['any', 'bool', 'sint', 'str', 'bin'],
  sint: ['any', 'bool', 'sint', 'addr', 'ipv4', 'ipv6', 'str', 'bin'],
  addr: ['any', 'addr', 'ipv4', 'ipv6', 'str', 'bin'],
  ipv4: ['any', 'sint', 'addr', 'ipv4', 'ipv6', 'str', 'bin'],
  ipv6: ['any', 'addr', 'ipv4', 'ipv6', 'str', 'bin'],
  str: ['any', 'bool', 'sint', 'addr', 'ipv4', 'ipv6', 'str', 'bin', 'meth'],
  bin: ['any', 'str', 'bin', 'meth'],
  meth: ['any', 'str', 'bin', 'meth'],
};

/** True when HAProxy turns a sample of one type into another; unknown types count as fitting. */
export function canCast(from: string, to: string, version: HaproxyVersion): boolean {
  // Up to 2.6 an address of either family could not be turned into anything.
  if (from === 'addr' && !atLeast(version, '3.0')) return to === 'any';
  return CASTS[from]?.includes(to) ?? true;
}

const NAMES: Readonly<Record<string, string>> = {
  bool: 'a yes or no',
  sint: 'a number',
  addr: 'an address',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  str: 'text',
  bin: 'binary data',
  meth: 'an HTTP method',
};

/** A type as a user would call it. */
export function typeName(type: string): string {
  return NAMES[type] ?? 'a value';
}

/** What each matching method of ACLs compares. */
export const METHOD_TYPES: Readonly<Record<string, string>> = {
  bool: 'sint',
  int: 'sint',
  ip: 'addr',
  bin: 'bin',
  len: 'str',
  str: 'str',
  beg: 'str',
  sub: 'str',
  dir: 'str',
  dom: 'str',
  end: 'str',
  reg: 'str',
  regm: 'str',
};
