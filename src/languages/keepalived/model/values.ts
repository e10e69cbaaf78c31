import { parseIpv4 } from '../../../cluster/ipv4';

/** Family of an address; undefined for what is none. */
export function addressFamily(text: string): 4 | 6 | undefined {
  if (isIpv4(text)) return 4;
  return isIpv6(text) ? 6 : undefined;
}

/** Four numbers up to 255 divided by dots; like inet_pton, no number begins with a superfluous zero. */
function isIpv4(text: string): boolean {
  return text.length <= 15 && parseIpv4(text) !== undefined;
}

/** Up to eight groups of hexadecimal digits, at most one `::`, and an IPv4 address at the end if wanted. */
function isIpv6(text: string): boolean {
  if (text.length > 45 || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const mapped = last.includes('.');
  if (mapped && !isIpv4(last)) return false;
  const plain = mapped ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  const length = plain.length + (mapped ? 2 : 0);
  return halves.length === 2 ? length < 8 : length === 8;
}

/** True for a group of IPv4, and for one of IPv6 that stays in its network. */
export function isMulticast(text: string): boolean {
  if (isIpv4(text)) return /^(?:22[4-9]|23\d)\./.test(text);
  return /^ff[0-9a-f]2:/i.test(text);
}

/** An address with an optional number of bits behind a slash. */
export function addressWithMask(
  text: string,
): { address: string; family: 4 | 6; bits: number | undefined } | undefined {
  const [address = '', mask, ...more] = text.split('/');
  const family = addressFamily(address);
  if (family === undefined || more.length > 0) return undefined;
  if (mask === undefined) return { address, family, bits: undefined };
  const most = family === 4 ? 32 : 128;
  if (!/^\d{1,3}$/.test(mask) || Number(mask) > most) return undefined;
  return { address, family, bits: Number(mask) };
}

/** An address in one spelling, so that equal ones are equal. */
export function canonicalAddress(text: string): string {
  if (isIpv4(text)) return text;
  if (!isIpv6(text)) return text;
  const last = text.slice(text.lastIndexOf(':') + 1);
  const plain = isIpv4(last) ? text.slice(0, text.length - last.length) + hexOf(last) : text;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => parseInt(group, 16).toString(16)).join(':');
}

function hexOf(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
