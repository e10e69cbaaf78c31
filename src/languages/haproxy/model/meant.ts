import { closestWord } from '../../../finding/did-you-mean';
import { OPTIONS } from '../check/lines/options';
import { LINE_NAMES, OPTION_NAMES } from '../schema/keywords/tables';
import { CLASSIC_PROXY_KEYWORDS, PROXY_KEYWORDS } from '../schema/proxy';
import type { Statement } from '../syntax/document';
import type { Word } from '../syntax/word';

/** First words of lines in proxies, and the words after `timeout`. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...[...PROXY_KEYWORDS.keys()].map(firstWord),
  ...CLASSIC_PROXY_KEYWORDS,
  ...LINE_NAMES.map(firstWord),
]);
const TIMEOUTS: ReadonlySet<string> = new Set(
  [...PROXY_KEYWORDS.keys()].filter((name) => name.startsWith('timeout ')).map((name) => name.slice(8)),
);

const OPTION_WORDS: ReadonlySet<string> = new Set([...OPTIONS.keys(), ...OPTION_NAMES]);

/** Other words than this are left as they are: a text without sense would cost a search for each of its words. */
const MOST_WORDS = 200;

/** Gives a statement as it was meant. */
export type Meaning = (statement: Statement) => Statement;

/**
 * Tells statements as they were meant, for one file: when only a slip of the fingers keeps HAProxy from knowing it: `mde http` is a mode. The
 * slip has its own finding; what is asked of a proxy as a whole goes by the meaning, so that one slip is one finding.
 */
export function createMeaning(): Meaning {
  const searched = new Map<string, string | undefined>();
  const meant = (word: Word, known: ReadonlySet<string>): Word => {
    if (word.dynamic || known.has(word.value)) return word;
    if (!searched.has(word.value) && searched.size < MOST_WORDS) {
      searched.set(word.value, closestWord(word.value, [...known]));
    }
    const value = searched.get(word.value);
    return value === undefined || !known.has(value) ? word : { ...word, value };
  };
  return (statement) => {
    const keyword = meant(statement.keyword, KEYWORDS);
    const [first] = statement.args;
    const names =
      keyword.value === 'timeout' ? TIMEOUTS : keyword.value === 'option' ? OPTION_WORDS : undefined;
    const second = names === undefined || first === undefined ? first : meant(first, names);
    if (keyword === statement.keyword && second === first) return statement;
    return { ...statement, keyword, args: second === undefined ? [] : [second, ...statement.args.slice(1)] };
  };
}

function firstWord(name: string): string {
  return name.split(' ')[0] ?? name;
}
