import type { Argument } from '../schema/keyword';
import { closestWord } from '../../../finding/did-you-mean';
import type { Severity } from '../../../finding/finding';
import { addressFamily, isMulticast } from '../model/values';
import { formFault } from './forms';

/** What is wrong with an argument, as a rule says it. */
export interface ArgumentFault {
  readonly kind: 'number' | 'choice' | 'address' | 'interface';
  readonly message: string;
  readonly remedy: string;
  /** The word that was surely meant; undefined when none is close. */
  readonly meant?: string;
  /** Less than an error where keepalived takes the word. */
  readonly severity?: Severity;
}

/** Longest name of an interface. */
const LONGEST_INTERFACE = 15;

/** Judges a word against what may stand there; undefined when it is fine. */
export function checkArgument(value: string, argument: Argument): ArgumentFault | undefined {
  switch (argument.kind) {
    case 'number':
      return checkNumber(value, argument.min, argument.max, 0);
    case 'decimal':
      return checkNumber(value, argument.min, argument.max, argument.places);
    case 'choice':
      return argument.values.includes(value) ? undefined : choiceFault(value, argument.values);
    case 'address':
      return checkAddress(value, argument.family, argument.multicast === true);
    case 'interface':
      return checkInterface(value);
    case 'form': {
      const fault = formFault(value, argument.form);
      return fault === undefined ? undefined : { kind: 'choice', ...fault };
    }
    case 'text':
    case 'script':
    case 'name':
    case 'reference':
      return undefined;
  }
}

function choiceFault(value: string, values: readonly string[]): ArgumentFault {
  const meant = closestWord(value, values);
  return {
    ...(meant === undefined ? {} : { meant }),
    kind: 'choice',
    message: `"${value}" is none of the values keepalived knows here.`,
    remedy: `Write ${values.map((known) => `"${known}"`).join(' or ')}.`,
  };
}

/** A comma or semicolon behind a word, as between the parts of a list. */
export function signBehind(value: string): { readonly before: string; readonly sign: string } | undefined {
  const match = /^(.*[^,;])([,;]+)$/.exec(value);
  return match === null ? undefined : { before: match[1] ?? '', sign: match[2] ?? '' };
}

/** Numbers as keepalived reads them: decimal digits, a sign where it may be negative, so many decimal places. */
export function checkNumber(
  value: string,
  min: number,
  max: number,
  places: number,
): ArgumentFault | undefined {
  const bounds = `Write a number from ${plain(min)} to ${plain(max)}.`;
  if (value === '' && min <= 0 && max >= 0)
    return { kind: 'number', message: 'Keepalived takes "" for 0.', remedy: bounds, severity: 'warning' };
  const form = places > 0 ? /^\s*\+?\d*\.?\d*$/ : min < 0 ? /^\s*[+-]?\d+$/ : /^\s*\+?\d+$/;
  if (!form.test(value) || value.length > 40 || value === '' || value === '.') {
    const meant = signBehind(value)?.before;
    if (meant !== undefined && value.length <= 40 && checkNumber(meant, min, max, places) === undefined) {
      const message = `"${value}" is not a number keepalived takes here.`;
      return { kind: 'number', message, remedy: `Write ${meant}.`, meant };
    }
    return {
      kind: 'number',
      message: `"${value.slice(0, 40)}" is not a number keepalived takes here.`,
      remedy: bounds,
    };
  }
  const point = value.indexOf('.');
  if (point >= 0 && value.length - point - 1 > places) {
    return {
      kind: 'number',
      message: `"${value}" has too many decimal places: ${places} are allowed.`,
      remedy: bounds,
    };
  }
  const number = Number(value);
  if (number >= min && number <= max) return undefined;
  return {
    kind: 'number',
    message: `"${value}" is not within ${plain(min)} and ${plain(max)}.`,
    remedy: bounds,
  };
}

const plain = (number: number): string => (number > 0 && number < 0.001 ? number.toFixed(6) : String(number));

function checkAddress(
  value: string,
  family: 4 | 6 | undefined,
  multicast: boolean,
): ArgumentFault | undefined {
  // Keepalived cuts a mask or a range off.
  const address = value.split(/[-/]/)[0] ?? '';
  const found = addressFamily(address);
  if (found !== undefined && (family === undefined || family === found)) {
    if (!multicast || isMulticast(address)) return undefined;
    const remedy = 'Write a group from 224.0.0.0 to 239.255.255.255, or one of IPv6 that begins with ff02.';
    return {
      kind: 'address',
      message: `"${value}" is no multicast group; keepalived leaves it out.`,
      remedy,
    };
  }
  const wanted = family === undefined ? 'IP address' : `IPv${family} address`;
  return {
    kind: 'address',
    message: `"${value}" is no ${wanted}; keepalived takes no host names here.`,
    remedy: `Write an ${wanted}.`,
  };
}

export function checkInterface(value: string): ArgumentFault | undefined {
  if (/[,;]$/.test(value)) {
    return {
      kind: 'interface',
      message: `"${value}" is no name of an interface: keepalived looks for it with the sign at its end, and does not start the instance.`,
      remedy: 'Write one name; further ones are watched in "track_interface", one a line.',
    };
  }
  // No character has more than three bytes for each of its units.
  if (value.length * 3 <= LONGEST_INTERFACE) return undefined;
  if (new TextEncoder().encode(value.slice(0, 64)).length <= LONGEST_INTERFACE) return undefined;
  return {
    kind: 'interface',
    message: `"${value}" is longer than the ${LONGEST_INTERFACE} characters a name of an interface may have.`,
    remedy: 'Write the name as "ip link" shows it.',
  };
}
