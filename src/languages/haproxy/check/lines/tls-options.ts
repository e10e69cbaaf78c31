import type { Word } from '../../syntax/word';
import { atLeast } from '../../schema/version';
import { behind, type Scope } from '../scope';

const VERSIONS = ['sslv3', 'tlsv10', 'tlsv11', 'tlsv12', 'tlsv13'];
const COMMON = [
  'no-tls-tickets',
  'ssl-min-ver',
  'ssl-max-ver',
  ...VERSIONS.flatMap((version) => [`no-${version}`, `force-${version}`]),
];
const NAMES = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** `ssl-default-bind-options` and `ssl-default-server-options`: switches for TLS, at least one. */
export function checkTlsOptions(scope: Scope, words: readonly Word[]): void {
  const keyword = scope.statement.keyword.value;
  const known = keyword === 'ssl-default-bind-options' ? bindOptions(scope) : COMMON;
  if (words.length === 0) {
    const span = behind(words, 0, scope.statement);
    return scope.report(
      'missing-argument',
      span,
      `"${keyword}" needs an option.`,
      'Add one, or remove the line.',
    );
  }
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || word.dynamic) return;
    if (!known.includes(word.value)) {
      const message = `"${keyword}" does not know "${word.value}".`;
      return scope.report('enumeration', word, message, scope.suggest(word.value, known));
    }
    if (!/^ssl-(min|max)-ver$/.test(word.value)) continue;
    at += 1;
    if (!checkVersion(scope, word, words[at])) return;
  }
}

function bindOptions({ version }: Scope): readonly string[] {
  const newer = atLeast(version, '3.2') ? ['tls-tickets', 'strict-sni', 'no-strict-sni'] : [];
  return [...COMMON, 'prefer-client-ciphers', ...newer];
}

function checkVersion(scope: Scope, option: Word, value: Word | undefined): boolean {
  if (value === undefined) {
    scope.report(
      'missing-argument',
      option,
      `"${option.value}" needs a version of TLS.`,
      'Add one, e.g. TLSv1.2.',
    );
    return false;
  }
  if (value.dynamic || NAMES.includes(value.value)) return true;
  const message = `"${value.value}" is no version of TLS.`;
  scope.report('enumeration', value, message, scope.suggest(value.value, NAMES));
  return false;
}
