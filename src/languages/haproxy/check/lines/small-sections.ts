import type { Word } from '../../syntax/word';
import { matchAll } from '../match';
import type { Scope } from '../scope';
import { compileSignature, type Part } from '../signature';

type Forms = Readonly<Record<string, readonly Part[]>>;

const ANY = compileSignature('*');

const OF_LOG_FORWARD: Forms = {
  'assume-rfc6587-ntf': ANY,
  'dont-parse-log': ANY,
  host: compileSignature('replace|fill|keep|append *'),
};

const OF_FCGI_APP: Forms = {
  'get-values': ANY,
  'keep-conn': ANY,
  'max-reqs': compileSignature('<posint> *'),
  'mpxs-conns': ANY,
};

function checkForms(scope: Scope, words: readonly Word[], forms: Forms): void {
  const [name] = words;
  const matching = { scope, words, place: undefined, subject: 'option' };
  const names = compileSignature(Object.keys(forms).join('|'));
  if (name === undefined || (!name.dynamic && forms[name.value] === undefined)) matchAll(matching, names, 0);
  else matchAll({ ...matching, subject: `option ${name.value}` }, forms[name.value] ?? ANY, 1);
}

const TIMEOUT = compileSignature('<text> <time> *');

/** `timeout connect|server <time>` of a ring, which reads the others and sets nothing. */
export function checkRingTimeout(scope: Scope, words: readonly Word[]): void {
  const [name] = words;
  if (matchAll({ scope, words, place: undefined, subject: 'timeout' }, TIMEOUT, 0) === undefined) return;
  if (name === undefined || name.dynamic || name.value === 'connect' || name.value === 'server') return;
  const message = `A ring has no "timeout ${name.value}": HAProxy ignores the line.`;
  scope.report('enumeration', name, message, 'Write "timeout connect" or "timeout server".', {
    severity: 'warning',
  });
}

/** `option …` of a log-forward section. */
export function checkLogForwardOption(scope: Scope, words: readonly Word[]): void {
  checkForms(scope, words, OF_LOG_FORWARD);
}

/** `option …` of an fcgi-app section. */
export function checkFcgiOption(scope: Scope, words: readonly Word[]): void {
  checkForms(scope, words, OF_FCGI_APP);
}
