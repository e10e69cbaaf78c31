import { matchAll } from '../match';
import type { Scope } from '../scope';
import { compileSignature } from '../signature';
import type { Word } from '../../syntax/word';
import { atLeast } from '../../schema/version';
import { within } from '../scope';

const signature = (types: string): ReturnType<typeof compileSignature> =>
  compileSignature(
    `{ type ${types} [ len <posint> ] / size <size> / expire <time> / nopurge / peers <peers> / ` +
      'store <store> / srvkey name|addr / write-to <table> / recv-only / use-stdin }',
  );

const SIGNATURE = signature('ip|ipv6|integer|string|binary');
/** Since 3.2 the usual addresses have a second name. */
const SIGNATURE_3_2 = signature('ip|ipv4|ipv6|integer|string|binary');

const COUNTERS =
  'server_id server_key gpt gpt0 gpc gpc_rate gpc0 gpc0_rate gpc1 gpc1_rate conn_cnt conn_rate conn_cur sess_cnt ' +
  'sess_rate http_req_cnt http_req_rate http_err_cnt http_err_rate http_fail_cnt http_fail_rate bytes_in_cnt ' +
  'bytes_in_rate bytes_out_cnt bytes_out_rate glitch_cnt glitch_rate';

const KNOWN: readonly string[] = COUNTERS.split(' ');

/** `table <name> type …` of a peers section. */
export function checkPeersTable(scope: Scope, words: readonly Word[]): void {
  const [name] = words;
  if (name === undefined) {
    scope.report(
      'missing-argument',
      scope.statement.keyword,
      '"table" needs a name.',
      'Write table <name> type ….',
    );
  } else checkTable(scope, words.slice(1));
}

/** `stick-table type ip size 1m expire 30m store gpc0,conn_rate(10s)`. */
export function checkStickTable(scope: Scope, words: readonly Word[]): void {
  checkTable(scope, words);
}

function checkTable(scope: Scope, words: readonly Word[]): void {
  const matched = matchAll(
    { scope, words, place: undefined, subject: scope.statement.keyword.value },
    atLeast(scope.version, '3.2') ? SIGNATURE_3_2 : SIGNATURE,
    0,
  );
  if (matched === undefined || words.some((word) => word.dynamic)) return;
  const receiver = words.find(({ value }) => value === 'recv-only');
  if (receiver !== undefined && !atLeast(scope.version, '3.2')) {
    const message = `HAProxy ${scope.version} does not know "recv-only" of a stick-table.`;
    return scope.report('newer', receiver, message, 'It exists since HAProxy 3.2.');
  }
  for (const needed of ['size', 'type']) {
    if (words.some((word) => word.value === needed)) continue;
    scope.report(
      'missing-argument',
      scope.statement.keyword,
      `"stick-table" needs "${needed}".`,
      `Add ${needed} and its value.`,
    );
  }
  words.forEach((word, at) => {
    if (words[at - 1]?.value === 'size' && /^0+[kmg]?$/i.test(word.value))
      scope.report(
        'size',
        word,
        'A table of size 0 holds nothing, and HAProxy refuses it.',
        'Write e.g. 1m.',
      );
    if (words[at - 1]?.value === 'store') checkStore(scope, word);
  });
}

function checkStore(scope: Scope, word: Word): void {
  let at = 0;
  for (const item of word.value.split(/,(?![^(]*\))/)) {
    const name = item.replace(/\(.*$/, '');
    const span = within(word, at, at + item.length);
    if (name !== '' && !KNOWN.includes(name)) {
      scope.report('enumeration', span, `Stick tables do not store "${name}".`, scope.suggest(name, KNOWN));
    } else if (/_rate$|^gpc$|^gpt$/.test(name) && !item.includes('(')) {
      scope.report(
        'missing-argument',
        span,
        `"${name}" needs its period or number in parentheses.`,
        `Write ${name}(10s).`,
      );
    }
    at += item.length + 1;
  }
}
