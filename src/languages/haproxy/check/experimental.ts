import type { Word } from '../syntax/word';
import { atLeast } from '../schema/version';
import type { Scope } from './scope';

/** What HAProxy refuses without `expose-experimental-directives`, and since which branch. */
const EXPERIMENTAL: ReadonlyMap<string, string> = new Map([
  ['global force-cfg-parser-pause', '3.2'],
  ['global trace', '3.0'],
  ['global tune.disable-fast-forward', '3.0'],
  ['global tune.fd.edge-triggered', '2.6'],
  ['action normalize-uri', '2.6'],
  ['action attach-srv', '2.6'],
  ['parameter ktls', '3.4'],
  ['parameter nbconn', '3.0'],
  ['address rhttp@', '3.0'],
  ['server quic', '3.4'],
  ['feature HTTP/3 over TCP', '3.4'],
  ['section acme', '3.2'],
]);

/** What has become a feature like any other, and in which branch. */
const NO_LONGER: ReadonlyMap<string, string> = new Map([['global tune.disable-fast-forward', '3.4']]);

/**
 * Reports a feature that is experimental and not allowed above.
 * @param key its kind and name, e.g. `action normalize-uri`
 * @returns false after a fault
 */
export function checkExperimental(scope: Scope, word: Word, key: string): boolean {
  const since = EXPERIMENTAL.get(key);
  const until = NO_LONGER.get(key);
  if (since === undefined || scope.experimental || !atLeast(scope.version, since)) return true;
  if (until !== undefined && atLeast(scope.version, until)) return true;
  const message = `"${key.replace(/^\w+ /, '')}" is experimental, and nothing above allows that.`;
  const remedy = 'Remove it, or add "expose-experimental-directives" to the global section above.';
  scope.report('experimental', word, message, remedy);
  return false;
}
