import type { Instance } from '../model/instances';
import type { Statement } from '../syntax/tree';
import { rule, type KeepalivedRule } from './keepalived-rule';

const TOPIC = 'Authentication';

/** Passwords that stand in examples everywhere. */
const WELL_KNOWN = new Set([
  '1111',
  '1234',
  '12345',
  '123456',
  '12345678',
  'password',
  'secret',
  'changeme',
  'admin',
  'k@l!ve1',
  'pass',
  'test',
  'keepalived',
]);

function inAuthentication(instance: Instance, keyword: string): Statement | undefined {
  const block = instance.last('authentication')?.block;
  return block?.statements.filter((statement) => statement.keyword.value === keyword).at(-1);
}

/** What guards adverts against strangers. */
export const AUTHENTICATION_RULES: readonly KeepalivedRule[] = [
  rule('KAD070', 'warning', TOPIC, 'A password is cut off', ({ instances }, report) => {
    for (const instance of instances) {
      const word = inAuthentication(instance, 'auth_pass')?.args[0];
      if (word === undefined || word.dynamic) continue;
      const bytes = new TextEncoder().encode(word.value.slice(0, 1_000)).length;
      if (bytes <= 8) continue;
      report({
        span: word,
        message: `The password has ${bytes} characters; keepalived uses the first 8 and "keepalived -t" refuses the file.`,
        remedy: 'Shorten it to 8 characters, on all nodes.',
      });
    }
  }),
  rule('KAD071', 'information', TOPIC, 'A password is known to everyone', ({ instances }, report) => {
    for (const instance of instances) {
      const word = inAuthentication(instance, 'auth_pass')?.args[0];
      if (word === undefined || word.dynamic || !WELL_KNOWN.has(word.value.toLowerCase())) continue;
      report({
        span: word,
        message: 'This password stands in many examples: another cluster in the network may have it, too.',
        remedy: 'Choose another one, or use unicast peers and no authentication.',
      });
    }
  }),
  rule('KAD072', 'error', TOPIC, 'The authentication is dropped', ({ instances }, report) => {
    for (const instance of instances) {
      const type = inAuthentication(instance, 'auth_type');
      const block = instance.last('authentication')?.block;
      if (type === undefined || block === undefined || block.incomplete || type.uncertain || instance.strict)
        continue;
      const kind = type.args[0]?.value;
      if (kind !== 'PASS' && kind !== 'AH') continue;
      if (instance.version === 3) {
        const message = 'VRRP version 3 has no authentication; keepalived drops it.';
        report({
          span: type.keyword,
          message,
          remedy: 'Remove the block, or write "version 2" on all nodes.',
        });
      } else if (inAuthentication(instance, 'auth_pass') === undefined) {
        const message = 'There is no auth_pass; keepalived drops the authentication.';
        report({
          span: type.keyword,
          message,
          remedy: 'Add "auth_pass" with up to 8 characters, or remove the block.',
        });
      } else if (kind === 'AH' && instance.family === 6) {
        const message = 'IPv6 has no authentication of kind AH; keepalived drops it.';
        report({ span: type.keyword, message, remedy: 'Remove the block.' });
      }
    }
  }),
];
