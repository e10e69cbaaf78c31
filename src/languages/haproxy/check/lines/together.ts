import type { Word } from '../../syntax/word';
import { checkExperimental } from '../experimental';
import type { Scope } from '../scope';

const QUIC = /^quic[46]@/;

/** HTTP/3 among the protocols of a line that does not speak QUIC. */
function checkProtocols(scope: Scope, words: readonly Word[]): void {
  const protocols = words[words.findIndex(({ value }) => value === 'alpn') + 1];
  if (protocols?.value.split(',').includes('h3') !== true || words.every(({ value }) => value !== 'alpn'))
    return;
  checkExperimental(scope, protocols, 'feature HTTP/3 over TCP');
}

/** Words of a bind line that need others. */
export function checkBindTogether(scope: Scope, words: readonly Word[]): void {
  const [address] = words;
  if (address === undefined || words.some(({ dynamic }) => dynamic)) return;
  if (!QUIC.test(address.value)) checkProtocols(scope, words);
  const makes = words.find(({ value }) => value === 'generate-certificates');
  const has = (name: string): boolean => words.some(({ value }) => value === name);
  if (makes === undefined || !has('ssl') || has('ca-sign-file')) return;
  const message = '"generate-certificates" needs an authority to sign with: HAProxy does not start.';
  scope.report('missing-argument', makes, message, 'Add ca-sign-file <file>.');
}

/** Words of a server line that need others, or that this branch allows only on demand. */
export function checkServerTogether(scope: Scope, words: readonly Word[]): void {
  const address = words[1];
  if (address === undefined || words.some(({ dynamic }) => dynamic)) return;
  if (QUIC.test(address.value) && scope.version === '3.2') {
    const message = `HAProxy ${scope.version} speaks no QUIC with servers.`;
    scope.report('newer', address, message, 'It exists since HAProxy 3.4.');
  } else if (QUIC.test(address.value)) checkExperimental(scope, address, 'server quic');
  else if (words.some(({ value }) => value === 'ssl')) checkProtocols(scope, words);
}
