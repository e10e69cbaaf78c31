import type { Word } from '../../syntax/word';
import { atLeast } from '../../schema/version';
import { behind, type Scope } from '../scope';

/** Headers HTTP itself needs. */
const RESERVED = ['connection', 'content-length', 'host', 'transfer-encoding'];

/** `http-send-name-header <header>`: HAProxy 3.4 refuses headers that a server needs to read the request at all. */
export function checkSentName(scope: Scope, words: readonly Word[]): void {
  const [header] = words;
  if (header === undefined) {
    const span = behind(words, 0, scope.statement);
    const message = '"http-send-name-header" needs the name of a header.';
    return scope.report('missing-argument', span, message, 'Write http-send-name-header <header>.');
  }
  if (header.dynamic || !RESERVED.includes(header.value.toLowerCase()) || !atLeast(scope.version, '3.4'))
    return;
  const message = `"${header.value}" cannot carry the name of the server: HTTP needs it.`;
  scope.report('enumeration', header, message, 'Choose a header of your own, such as X-Server.');
}
