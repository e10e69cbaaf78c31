import { atLeast } from '../../schema/version';
import type { Signature } from '../../schema/keywords/tables';
import type { Span } from '../../../core/rules/rule';
import { hasBackendSide, hasFrontendSide, isProxy, within, type Reference, type Scope } from '../scope';
import { checkRegex } from '../values/values';
import { aclArguments, argumentFault } from './argument-rules';
import { PREDEFINED_ACLS } from './predefined-acls';
import { fail, type Source } from './source';
import { checkVariable, VARIABLE_NAME } from './variables';

interface Argument {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Splits `(a,b)` with quotes and escapes as HAProxy does. Undefined when the parenthesis is never closed. */
function splitArguments(
  text: string,
  open: number,
  most: number,
): { args: Argument[]; end: number; closed: boolean } {
  const args: Argument[] = [];
  let at = open + 1;
  for (;;) {
    const from = at;
    let value = '';
    let quote = '';
    for (; at < text.length; at += 1) {
      const char = text.charAt(at);
      if (quote === '' && (char === ',' || char === ')')) break;
      if ((char === '"' || char === "'") && (quote === '' || quote === char))
        quote = quote === '' ? char : '';
      else if (char === '\\' && quote !== "'" && at + 1 < text.length) {
        at += 1;
        value += /[\\ "'rnt]/.test(text.charAt(at)) ? text.charAt(at) : `\\${text.charAt(at)}`;
      } else value += char;
    }
    args.push({ text: value, from, to: at });
    if (text.charAt(at) !== ',' || args.length >= most) break;
    at += 1;
  }
  return { args, end: at, closed: text.charAt(at) === ')' };
}

/** Checks arguments against a signature. Returns the offset after them, undefined after a fault. */
export function checkArguments(
  scope: Scope,
  source: Source,
  open: number,
  name: string,
  signature: Signature,
): number | undefined {
  const { text } = source;
  const given = text.charAt(open) === '(';
  const { types, required } = signature;
  // An absent first argument of text counts as empty text.
  const silent = STRICT_TYPES.has(types[0] ?? '') || types.length === 0 ? 0 : 1;
  const form = `${name}(${types.join(',')})`;
  const tooFew = `"${name}" needs ${count(required)}.`;
  if (!given) {
    const whole = { from: open - name.length, to: open };
    if (required <= silent)
      return checkTogether(scope, source, signature, name, [], whole) ? open : undefined;
    fail(scope, source, 0, text.length, tooFew, `Write ${form}.`);
    return undefined;
  }
  if (types.length === 0) {
    if (text.charAt(open + 1) === ')') return open + 2;
    fail(scope, source, open, text.length, `"${name}" takes no argument.`, `Write ${name} alone.`);
    return undefined;
  }
  const { args, end, closed } = splitArguments(text, open, types.length);
  if (!closed) {
    const remedy = `It takes ${count(types.length)}: ${form}.`;
    fail(scope, source, open, text.length, `The arguments of "${name}" are not closed by ")".`, remedy);
    return undefined;
  }
  const list = args.length === 1 && args[0]?.text === '' ? [] : args;
  if (Math.max(list.length, silent) < required) {
    fail(scope, source, open, end + 1, tooFew, `Write ${form}.`);
    return undefined;
  }
  const right = list.every((argument, at) =>
    checkArgument(scope, source, { ...argument, name, first: at === 0 }, types[at] ?? '', at >= required),
  );
  if (!right) return undefined;
  const whole = { from: open - name.length, to: end + 1 };
  return checkTogether(scope, source, signature, name, args, whole) ? end + 1 : undefined;
}

/** What the arguments must be besides their types, and what HAProxy takes for those left out. */
function checkTogether(
  scope: Scope,
  source: Source,
  { types, required }: Signature,
  name: string,
  args: readonly Argument[],
  whole: { readonly from: number; readonly to: number },
): boolean {
  const spanOf = (at: number): { readonly from: number; readonly to: number } => {
    const argument = args[at];
    return argument === undefined || argument.from === argument.to ? whole : argument;
  };
  const texts = args.map(({ text }) => text);
  const fault = argumentFault(name, texts, scope.version);
  if (fault !== undefined) {
    const { from, to } = spanOf(fault.at);
    const message = `"${texts[fault.at] ?? ''}" in "${name}" is not ${fault.wanted}.`;
    fail(scope, source, from, to, message, `Write ${fault.wanted}.`);
    return false;
  }
  for (const at of aclArguments(name, texts)) {
    const { from, to } = spanOf(at);
    if (!checkAclName(scope, within(source.word, source.offset + from, source.offset + to), texts[at] ?? ''))
      return false;
  }
  const span = within(source.word, source.offset + whole.from, source.offset + whole.to);
  if (name === 'debug' && !atLeast(scope.version, '3.2')) referToSink(scope, span, texts[1]);
  return types
    .slice(0, required)
    .every((type, at) => (texts[at] ?? '') !== '' || checkOwn(scope, span, type, name));
}

/** An ACL named by an argument, `!` before it turns it round. */
function checkAclName(scope: Scope, span: Span, text: string): boolean {
  const name = text.replace('!', '');
  scope.useAcl(name);
  if (scope.acls.has(name) || PREDEFINED_ACLS.has(name)) return true;
  const remedy = 'Declare it with "acl" above this line, in the same section.';
  scope.report('unknown-acl', span, `No ACL "${name}" is declared before this line.`, remedy);
  return false;
}

/** Where values are printed; buffers besides the usual one are sections. */
function referToSink(scope: Scope, span: Span, name: string | undefined): void {
  if (name === undefined || ['', 'stdout', 'stderr'].includes(name)) return;
  scope.refer({ kind: 'ring', name, span, section: scope.section });
}

/** An argument left out that names something: HAProxy takes the section itself, where that can be it. */
function checkOwn(scope: Scope, span: Span, type: string, name: string): boolean {
  const { kind, name: own } = scope.section;
  if (type === 'server' || type === 'user list') {
    scope.report('expression', span, `"${name}" needs the name of a ${type}.`, `Write ${name}(<name>).`);
    return false;
  }
  if (own === undefined || own.dynamic || kind === 'defaults' || !isProxy(kind)) return true;
  if (type === 'table') {
    scope.refer({ kind: 'table', name: own.value, span, section: scope.section, read: true });
    return true;
  }
  const missing =
    (type === 'backend' && !hasBackendSide(kind)) || (type === 'frontend' && !hasFrontendSide(kind));
  if (!missing) return true;
  const message = `"${name}" needs the name of a ${type}: "${own.value}" is none.`;
  scope.report('expression', span, message, `Write ${name}(<${type}>).`);
  return false;
}

/** `1.2.3`, of nested messages. */
const FIELD_NUMBER = 'Protocol buffers field number';

/** Types whose text must be there and mean something. */
const STRICT_TYPES = new Set([
  'integer',
  'IPv4 address',
  'IPv4 mask',
  'IPv6 address',
  'IPv6 mask',
  'delay',
  'size',
  FIELD_NUMBER,
]);

const count = (number: number): string => (number === 1 ? 'one argument' : `${number} arguments`);

const REFERENCES: Readonly<Record<string, Reference['kind']>> = {
  frontend: 'frontend',
  backend: 'backend',
  server: 'server',
  table: 'table',
  'user list': 'userlist',
};

function checkArgument(
  scope: Scope,
  source: Source,
  argument: Argument & { readonly name: string; readonly first: boolean },
  type: string,
  optional: boolean,
): boolean {
  const { text, from, to, name, first } = argument;
  const span = within(source.word, source.offset + from, source.offset + to);
  const kind = REFERENCES[type];
  if (kind !== undefined) {
    if (text !== '') scope.refer({ kind, name: text, span, section: scope.section, read: true });
    return true;
  }
  if (type === 'regex') {
    checkRegex(scope, source.word, text);
    return true;
  }
  if (name === 'regsub' && optional && !/^[ig]*$/.test(text)) {
    const message = `"${text}" are no flags of "regsub": a comma divides its arguments.`;
    const remedy = 'Put the expression in quotes of its own: \'regsub("^/a{1,3}",b)\'.';
    fail(scope, source, from, to, message, remedy);
    return false;
  }
  if (
    NUMBER_OR_VARIABLE.has(name) &&
    !/^[+-]?(\d+|0x[0-9a-fA-F]+)$/.test(text) &&
    !VARIABLE_NAME.test(text)
  ) {
    const message = `"${text}" in "${name}" is neither a whole number nor a variable.`;
    fail(scope, source, from, to, message, 'Write a whole number, or a variable such as txn.count.');
    return false;
  }
  const wrong = wrongArgument(type, text, optional);
  if (wrong === undefined) return first && VARIABLE_FIRST.has(name) ? checkVariable(scope, span, text) : true;
  fail(scope, source, from, to, `"${text}" in "${name}" is not ${wrong}.`, `Write ${wrong}.`);
  return false;
}

function wrongArgument(type: string, text: string, optional: boolean): string | undefined {
  if (text === '' && optional) return undefined;
  switch (type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text) ? undefined : 'a whole number';
    case 'IPv4 address':
      return isIpv4(text) ? undefined : 'an IPv4 address';
    case 'IPv4 mask':
      return isIpv4(text) || isLength(text, 32) ? undefined : 'an IPv4 mask';
    case 'IPv6 address':
      return isIpv6(text) ? undefined : 'an IPv6 address';
    case 'IPv6 mask':
      return isIpv6(text) || isLength(text, 128) ? undefined : 'an IPv6 mask';
    case FIELD_NUMBER:
      return /^\d+(\.\d+)*$/.test(text) ? undefined : 'the number of a field, e.g. 1.2';
    default:
      return undefined;
  }
}

function isIpv4(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  return /^[0-9A-Fa-f:.]+$/.test(text) && text.includes(':');
}

function isLength(text: string, most: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= most;
}

/** Converters that calculate: with a number, or with what a variable holds. */
const NUMBER_OR_VARIABLE = new Set(['add', 'sub', 'mul', 'div', 'mod', 'and', 'or', 'xor']);

/** Fetches and converters whose first argument names a variable. */
const VARIABLE_FIRST = new Set(['var', 'set-var', 'unset-var']);
