import { keywordTable } from '../../schema/keywords/tables';
import type { HaproxyVersion } from '../../schema/version';
import { within, type Scope } from '../scope';
import { isNumeric } from '../values/addresses';
import { checkRegex } from '../values/values';
import type { Word } from '../../syntax/word';
import { canCast, METHOD_TYPES, typeName } from './casts';
import { isNumberOperator, isNumberPattern } from './number-patterns';
import { checkArguments } from './arguments';
import { checkConverters, checkSample, type Sample } from './sample';
import { identifier, wordSource } from './source';

/** How an expression's value is compared with the patterns. */
type Method =
  | 'found'
  | 'bool'
  | 'int'
  | 'ip'
  | 'bin'
  | 'len'
  | 'str'
  | 'beg'
  | 'sub'
  | 'dir'
  | 'dom'
  | 'end'
  | 'reg'
  | 'regm'
  | 'none';

const METHODS = new Set([
  'found',
  'bool',
  'int',
  'ip',
  'bin',
  'len',
  'str',
  'beg',
  'sub',
  'dir',
  'dom',
  'end',
  'reg',
  'regm',
]);

/** By the type a sample yields; `none` needs `-m`. */
const DEFAULT_METHOD: Readonly<Record<string, Method>> = {
  bool: 'bool',
  sint: 'int',
  addr: 'ip',
  ipv4: 'ip',
  ipv6: 'ip',
  str: 'str',
};

/** Fetches whose ACL keyword of the same name parses patterns in its own way. */
const OWN_PATTERNS = new Set([
  'method',
  'http_auth_group',
  'req.ver',
  'req_ver',
  'res.ver',
  'resp_ver',
  'req.ssl_ver',
  'req_ssl_ver',
]);

/**
 * Checks an ACL: the expression, its flags and patterns.
 * @returns the sample it looks at, undefined when that is unclear
 */
export function checkAcl(scope: Scope, words: readonly Word[]): Sample | undefined {
  const [subject] = words;
  if (subject === undefined || subject.dynamic) return undefined;
  const name = identifier(subject.value, 0);
  const keyword = scope.table.acl.get(name);
  const resolved =
    keyword === undefined ? checkSample(scope, wordSource(subject)) : aclKeyword(scope, subject, name);
  if (resolved === undefined) return undefined;
  const { converted } = resolved;
  let method: Method = DEFAULT_METHOD[resolved.output] ?? 'none';
  if (keyword !== undefined && !converted) method = methodNamed(keyword.match);
  const own = OWN_PATTERNS.has(name) && !converted;
  const rest = checkFlags(scope, words, method, resolved.output);
  if (rest === undefined) return resolved;
  const last = rest.method;
  if (last === 'none' && !own) {
    const message = `"${name}" yields ${resolved.output === '' ? 'a type' : resolved.output} that is not compared without -m.`;
    scope.report('pattern', subject, message, 'Add "-m str", "-m found" or another matching method.');
    return resolved;
  }
  if (!own || rest.method !== method) checkPatterns(scope, words.slice(rest.at), last);
  return resolved;
}

function methodNamed(name: string): Method {
  return METHODS.has(name) ? (name as Method) : 'none';
}

/** `hdr_beg(host)`: a keyword of ACLs only, that stands for a fetch and a matching method. */
function aclKeyword(scope: Scope, subject: Word, name: string): Sample | undefined {
  const fetch = scope.table.fetches.get(scope.table.acl.get(name)?.fetch ?? '');
  if (fetch === undefined) return undefined;
  const source = wordSource(subject);
  const end = checkArguments(scope, source, name.length, name, fetch.signature);
  if (end === undefined) return undefined;
  const output = checkConverters(scope, source, end, fetch.output);
  const converted = end < subject.value.length;
  return output === undefined ? undefined : { fetch: name, output, uses: fetch.uses, converted };
}

/** Flags after the expression. Returns where patterns begin, undefined after a fault or a pattern file. */
function checkFlags(
  scope: Scope,
  words: readonly Word[],
  first: Method,
  type: string,
): { at: number; method: Method } | undefined {
  let method = first;
  let at = 1;
  for (; at < words.length; at += 1) {
    const flag = words[at];
    if (flag === undefined || !flag.value.startsWith('-')) break;
    if (flag.value === '--') return { at: at + 1, method };
    if (flag.value === '-i' || flag.value === '-n' || flag.value === '-M') continue;
    const value = words[at + 1];
    if (flag.value === '-m') {
      const chosen = chosenMethod(scope, flag, value, type);
      if (chosen === undefined) return undefined;
      method = chosen;
    } else if (flag.value !== '-f' && flag.value !== '-u') {
      // Negative numbers begin with a dash and are patterns all the same only after "--".
      scope.report(
        'pattern',
        flag,
        `"${flag.value}" is no option of an ACL.`,
        'Put "--" before patterns that begin with "-".',
      );
      return undefined;
    } else if (value === undefined) {
      scope.report(
        'pattern',
        flag,
        `"${flag.value}" needs an argument.`,
        'Name the pattern file or the number.',
      );
      return undefined;
    }
    if (flag.value === '-u' && value?.dynamic === false && !/^\s*[+-]?\d+$/.test(value.value)) {
      scope.report('pattern', value, `"${value.value}" is no number for "-u".`, 'Write a whole number.');
      return undefined;
    }
    at += 1;
  }
  return { at, method };
}

/** What "-m" chooses for values of a type; undefined after a fault, or when only the environment tells. */
function chosenMethod(scope: Scope, flag: Word, value: Word | undefined, type: string): Method | undefined {
  if (value === undefined || (!value.dynamic && !METHODS.has(value.value))) {
    const message =
      value === undefined ? '"-m" needs a matching method.' : `"${value.value}" is no matching method.`;
    scope.report('pattern', value ?? flag, message, `Use one of: ${[...METHODS].join(', ')}.`);
    return undefined;
  }
  if (value.dynamic) return undefined;
  const wanted = METHOD_TYPES[value.value];
  if (wanted !== undefined && !canCast(type, wanted, scope.version)) {
    const message = `"-m ${value.value}" compares ${typeName(wanted)}, and this expression yields ${typeName(type)}.`;
    scope.report('pattern', value, message, 'Choose another method, or convert the value first.');
    return undefined;
  }
  return methodNamed(value.value);
}

/** Words that would join conditions, were they not patterns. */
const JOINING = /^(\|\||&&|or|and)$/i;

/** A condition within the patterns of another one: all of its words are patterns to HAProxy. */
function checkJoined(scope: Scope, patterns: readonly Word[]): void {
  const at = patterns.findIndex(({ value, quoted }) => JOINING.test(value) && !quoted);
  const joint = patterns[at];
  const next = patterns[at + 1];
  if (joint === undefined || next === undefined) return;
  const sure = joint.value === '||' || joint.value === '&&' || looksLikeExpression(next, scope.version);
  if (!sure) return;
  const message = `"${joint.value}" and what follows are further patterns here: they join no conditions.`;
  const remedy = 'Close the braces before it, and open new ones behind it.';
  scope.report('joined', joint, message, remedy, { severity: 'warning' });
}

function checkPatterns(scope: Scope, patterns: readonly Word[], method: Method): void {
  let operator = 'eq';
  for (const pattern of patterns) {
    if (pattern.dynamic) continue;
    if (isNumberOperator(pattern.value)) operator = pattern.value;
    const wrong = wrongPattern(scope, pattern, method, operator);
    if (wrong === undefined) continue;
    if (wrong === HOST_NAME) {
      const message = `HAProxy must resolve "${pattern.value}" when it starts, and does not start when it cannot.`;
      scope.report('host-name', pattern, message, 'Write the address.', { severity: 'warning' });
      continue;
    }
    scope.report(
      'pattern',
      pattern,
      `The pattern "${pattern.value}" is not ${wrong}.`,
      `Write ${wrong}, or choose another method with -m.`,
    );
    return;
  }
  checkJoined(scope, patterns);
}

function wrongPattern(scope: Scope, pattern: Word, method: Method, operator: string): string | undefined {
  const text = pattern.value;
  if (method === 'int' || method === 'len') {
    return isNumberOperator(text) || isNumberPattern(text, operator) ? undefined : 'a whole number or range';
  }
  if (method === 'ip') {
    if (isNetwork(text)) return undefined;
    return /^[A-Za-z_][A-Za-z0-9_.-]*(\/\d+)?$/.test(text) ? HOST_NAME : 'an IP address or network';
  }
  if (method === 'bin')
    return /^([0-9A-Fa-f]{2})*$/.test(text) ? undefined : 'an even number of hexadecimal digits';
  if (method === 'reg' || method === 'regm') checkRegex(scope, pattern);
  return undefined;
}

/** Says that a pattern is a host name. */
const HOST_NAME = 'a host name';

/** Addresses and networks. */
function isNetwork(text: string): boolean {
  const [address = '', mask, extra] = text.split('/');
  if (extra !== undefined) return false;
  if (mask !== undefined && !/^(\d{1,3}|\d{1,3}(\.\d{1,3}){3})$/.test(mask)) return false;
  if (/^\d+(\.\d+){0,3}$/.test(address)) {
    const parts = address.split('.').map(Number);
    return (
      parts.every((part) => part <= 255) && (mask === undefined || mask.includes('.') || Number(mask) <= 32)
    );
  }
  if (address.includes(':')) return isNumeric(address) && (mask === undefined || Number(mask) <= 128);
  return false;
}

/** True when a word is written like the beginning of an ACL expression of the branch. */
export function looksLikeExpression(word: Word, version: HaproxyVersion): boolean {
  const name = identifier(word.value, 0);
  const table = keywordTable(version);
  return table.acl.has(name) || table.fetches.has(name);
}

/** Words of other languages that stand where a name belongs, and how the same is said here. */
const JOINERS: Readonly<Record<string, string>> = {
  and: 'Remove it: conditions side by side must all hold.',
  '&&': 'Remove it: conditions side by side must all hold.',
  not: 'Write "!" before the name: !name.',
};

/** Reports a name no ACL of the section has. */
export function reportUnknownAcl(scope: Scope, word: Word, from: number): void {
  const name = word.value.slice(from);
  const span = within(word, from, word.value.length);
  const remedy = looksLikeExpression({ ...word, value: name }, scope.version)
    ? `Write an anonymous condition in braces with spaces: { ${name} … }.`
    : (JOINERS[name.toLowerCase()] ??
      (/^\{.|.\}$/s.test(name)
        ? 'Put spaces inside the braces: { fetch pattern … }.'
        : 'Declare it with "acl" above this line, in the same section.'));
  scope.report('unknown-acl', span, `No ACL "${name}" is declared before this line.`, remedy);
}
