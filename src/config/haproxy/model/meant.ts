import { closestWord } from '../../../cluster/did-you-mean';
import { keywordTable } from '../keywords/tables';
import { CLASSIC_PROXY_KEYWORDS, PROXY_KEYWORDS } from '../schema/proxy';
import type { Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import { HAPROXY_VERSIONS } from '../version';

/** First words of lines in proxies, and the words after `timeout`. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...[...PROXY_KEYWORDS.keys()].map(firstWord),
  ...CLASSIC_PROXY_KEYWORDS,
  ...HAPROXY_VERSIONS.flatMap((version) =>
    [...keywordTable(version).sections.values()].flatMap((names) => [...names].map(firstWord)),
  ),
]);
const TIMEOUTS: ReadonlySet<string> = new Set(
  [...PROXY_KEYWORDS.keys()].filter((name) => name.startsWith('timeout ')).map((name) => name.slice(8)),
);

/**
 * The statement as it was meant, when only a slip of the fingers keeps HAProxy from knowing it: `mde http` is a mode. The
 * slip has its own finding; what is asked of a proxy as a whole goes by the meaning, so that one slip is one finding.
 */
export function asMeant(statement: Statement): Statement {
  const keyword = meant(statement.keyword, KEYWORDS);
  const [first, ...rest] = statement.args;
  const args =
    keyword.value === 'timeout' && first !== undefined ? [meant(first, TIMEOUTS), ...rest] : statement.args;
  return keyword === statement.keyword && args[0] === first ? statement : { ...statement, keyword, args };
}

function meant(word: Word, known: ReadonlySet<string>): Word {
  if (word.dynamic || known.has(word.value)) return word;
  const value = closestWord(word.value, [...known]);
  return value === undefined ? word : { ...word, value };
}

function firstWord(name: string): string {
  return name.split(' ')[0] ?? name;
}
