import { atLeast } from '../../schema/version';
import type { Word } from '../../syntax/word';
import { behind, type Scope } from '../scope';

/** How HAProxy reads the value of a parameter, and since which branch it knows it. */
interface Parameter {
  readonly value: 'text' | 'file' | 'switch' | 'number';
  readonly since?: string;
}

const PARAMETERS: ReadonlyMap<string, Parameter> = new Map<string, Parameter>([
  ['alias', { value: 'text' }],
  ['crt', { value: 'file' }],
  ['key', { value: 'file' }],
  ['ocsp', { value: 'file' }],
  ['issuer', { value: 'file' }],
  ['sctl', { value: 'file' }],
  ['ocsp-update', { value: 'switch' }],
  ['acme', { value: 'text', since: '3.2' }],
  ['domains', { value: 'text', since: '3.2' }],
  ['jwt', { value: 'switch', since: '3.4' }],
  ['ips', { value: 'text', since: '3.4' }],
  ['generate-dummy', { value: 'switch', since: '3.4' }],
  ['keytype', { value: 'text', since: '3.4' }],
  ['bits', { value: 'number', since: '3.4' }],
  ['curves', { value: 'text', since: '3.4' }],
]);

/** `load crt <file> [ key <file> ] [ alias <name> ] …` of a crt-store: pairs in any order, one of them `crt`. */
export function checkLoad(scope: Scope, words: readonly Word[]): void {
  let complete = false;
  for (let at = 0; at < words.length; at += 2) {
    const [name, value] = [words[at], words[at + 1]];
    if (name === undefined || name.dynamic) return;
    const parameter = PARAMETERS.get(name.value);
    if (parameter === undefined) {
      const message = `"load" does not know "${name.value}".`;
      return scope.report('enumeration', name, message, scope.suggest(name.value, PARAMETERS.keys()));
    }
    if (parameter.since !== undefined && !atLeast(scope.version, parameter.since)) {
      const message = `HAProxy ${scope.version} does not know "load ${name.value}".`;
      return scope.report('newer', name, message, `It exists since HAProxy ${parameter.since}.`);
    }
    if (!checkValueOf(scope, name, value, parameter)) return;
    complete ||= name.value === 'crt';
  }
  if (complete) return;
  const span = behind(words, words.length, scope.statement);
  scope.report('missing-argument', span, '"load" needs a certificate.', 'Add crt <file>.');
}

/** `ssl-f-use crt <file> …` of a frontend: parameters of a certificate, and those of TLS on a bind line. */
export function checkCertificateUse(scope: Scope, words: readonly Word[]): void {
  for (let at = 0; at < words.length;) {
    const [name, value] = [words[at], words[at + 1]];
    if (name === undefined || name.dynamic) return;
    const parameter = PARAMETERS.get(name.value);
    const arity = scope.table.bind.get(name.value);
    if (parameter === undefined && arity === undefined) {
      const message = `"ssl-f-use" does not know "${name.value}".`;
      return scope.report('enumeration', name, message, scope.suggest(name.value, PARAMETERS.keys()));
    }
    if (parameter !== undefined && !checkValueOf(scope, name, value, parameter)) return;
    at += parameter === undefined ? 1 + Math.abs(arity ?? 0) : 2;
  }
  if (words.some(({ value, dynamic }) => value === 'crt' || dynamic)) return;
  const span = behind(words, words.length, scope.statement);
  scope.report('missing-argument', span, '"ssl-f-use" needs a certificate.', 'Add crt <file>.');
}

function checkValueOf(
  scope: Scope,
  name: Word,
  value: Word | undefined,
  { value: kind }: Parameter,
): boolean {
  if (value === undefined) {
    // Free text may be missing: HAProxy takes it for empty.
    if (kind === 'text') return true;
    scope.report(
      'missing-argument',
      name,
      `"${name.value}" needs a value.`,
      `Write it after "${name.value}".`,
    );
    return false;
  }
  if (value.dynamic) return true;
  if (kind === 'switch' && value.value !== 'on' && value.value !== 'off') {
    const message = `"${name.value}" is neither on nor off, but "${value.value}".`;
    scope.report('enumeration', value, message, 'Use one of: on, off.');
    return false;
  }
  if (kind === 'number' && !/^\s*[+-]?\d+$/.test(value.value)) {
    scope.report('number', value, `"${value.value}" is not a whole number.`, 'Write a whole number.');
    return false;
  }
  if (name.value === 'alias' && value.value.startsWith('/')) {
    scope.report('name', value, 'An alias cannot begin with "/".', 'Write the name without it.');
    return false;
  }
  return true;
}
