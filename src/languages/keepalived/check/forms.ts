import type { TextForm } from '../schema/keyword';
import { addressFamily } from '../model/values';

/** What a text of a form is, and how it is written. */
interface Form {
  readonly takes: (text: string) => boolean;
  /** What it is, for a message: `is no …`. */
  readonly what: string;
  readonly remedy: string;
}

/** Names of rights, joined by `|`. */
const RIGHTS = /^\|?I(?:[RWX](?:USR|GRP|OTH)|RWX[UGO])(?:\|I(?:[RWX](?:USR|GRP|OTH)|RWX[UGO]))*\|?$/;

const within = (text: string, least: number, most: number): boolean =>
  /^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most;

function isStatusCodes(text: string): boolean {
  const [first = '', last = first, ...more] = text.split('-');
  return (
    more.length === 0 && within(first, 100, 599) && within(last, 100, 599) && Number(first) <= Number(last)
  );
}

/** A name the kernel gives an interface, or five or six bytes of a MAC address. */
function isVirtualMac(text: string): boolean {
  if (text.includes(':')) return /^[0-9A-Fa-f:]+$/.test(text);
  return text.length > 0 && text.length <= 15 && !/[\s/]/.test(text) && text !== '.' && text !== '..';
}

const OTHER_INTERFACES =
  'Write the seconds between two announcements, with "all" before them for all interfaces.';

const FORMS: Readonly<Record<TextForm, Form>> = {
  hex: {
    takes: (text) => /^[0-9A-Fa-f \t]*[0-9A-Fa-f][0-9A-Fa-f \t]*$/.test(text),
    what: 'sequence of bytes in hexadecimal digits',
    remedy: 'Write two digits for each byte, as in 0a1f.',
  },
  'hex-mask': {
    takes: (text) => /^[0-9A-Fa-fXx \t]*[0-9A-Fa-fXx][0-9A-Fa-fXx \t]*$/.test(text),
    what: 'sequence of bytes in hexadecimal digits',
    remedy: 'Write two digits for each byte, and x for a digit that may be any, as in 0axx.',
  },
  md5: {
    takes: (text) => /^[0-9A-Fa-f]{32}$/.test(text),
    what: 'MD5 sum',
    remedy: 'Write its 32 hexadecimal digits, as "genhash" prints them.',
  },
  'status-codes': {
    takes: isStatusCodes,
    what: 'status code of HTTP',
    remedy: 'Write a number from 100 to 599, or two of them as in 200-299.',
  },
  netmask: {
    // Where an IPv4 mask belongs, any number is taken for one.
    takes: (text) => /^(?:\d+|0[xX][0-9A-Fa-f]+)$/.test(text) || addressFamily(text) === 4,
    what: 'mask of a network',
    remedy: 'Write it as 255.255.255.0, for IPv6 as a number from 1 to 128.',
  },
  path: { takes: (text) => text !== '', what: 'path of a file', remedy: 'Write the path.' },
  host: {
    takes: (text) => /^[0-9A-Za-z_:[]\S*$/.test(text),
    what: 'name or address of a machine',
    remedy: 'Write the name or the address.',
  },
  umask: {
    takes: (text) =>
      /^0(?:[0-7]{0,4}|[xX]1?[0-9A-Fa-f]{1,2})$/.test(text) ||
      within(text, 0, 511) ||
      text === '|' ||
      RIGHTS.test(text),
    what: 'mask of rights',
    remedy: 'Write it in octal digits with a zero before them, as in 022, or as names: IWGRP|IWOTH.',
  },
  'init-file': {
    takes: (text) => text === 'overwrite' || (/^-?\d{1,3}$/.test(text) && Math.abs(Number(text)) <= 254),
    what: 'number from -254 to 254, nor "overwrite"',
    remedy: 'Write the number the file begins with, and "overwrite" where an existing file is replaced.',
  },
  buffers: {
    takes: (text) => /^(?:mtu|advert)$/i.test(text) || text === '' || within(text, 0, 4_294_967_295),
    what: 'size of a buffer',
    remedy: 'Write MTU, ADVERT or a number of bytes.',
  },
  'extra-interfaces': {
    takes: (text) => text === '' || text === 'all' || within(text, 0, 86_400),
    what: 'number of seconds up to 86400, nor "all"',
    remedy: OTHER_INTERFACES,
  },
  'extra-interfaces-of-all': {
    takes: (text) => text === 'all' || within(text, 1, 86_400),
    what: 'number of seconds from 1 to 86400, nor "all"',
    remedy: OTHER_INTERFACES,
  },
  protocol: {
    takes: (text) => /^(?:tcp|udp|sctp)$/i.test(text),
    what: 'protocol keepalived balances',
    remedy: 'Write TCP, UDP or SCTP.',
  },
  'include-check': {
    takes: (text) => /^[+-]?(?:read|match|wildcard_match|brace_match)$/.test(text),
    what: 'kind of check',
    remedy: 'Write read, match, wildcard_match or brace_match.',
  },
  'virtual-mac': {
    takes: isVirtualMac,
    what: 'name of an interface, nor a MAC address',
    remedy: 'Write a name of up to 15 characters, or nothing.',
  },
};

/** What is wrong with a text that is to be of a form; undefined when it is. */
export function formFault(
  text: string,
  form: TextForm,
): { readonly message: string; readonly remedy: string } | undefined {
  const { takes, what, remedy } = FORMS[form];
  return takes(text) ? undefined : { message: `"${text.slice(0, 40)}" is no ${what}.`, remedy };
}
