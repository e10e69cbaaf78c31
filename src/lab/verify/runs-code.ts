import { tokenize } from '../../languages/haproxy/syntax/tokenizer';
import type { RealProgram } from './real-program';

/** What of a file makes the program run code while it only checks it. */
export interface CodeLine {
  /** From one. */
  readonly line: number;
  /** The directive, as written. */
  readonly directive: string;
}

/** Lua files are run when they are loaded; engines and providers are libraries. */
const LOADS_CODE: ReadonlySet<string> = new Set([
  'lua-load',
  'lua-load-per-thread',
  'lua-prepend-path',
  'ssl-engine',
  'ssl-provider',
  'ssl-provider-path',
]);
const BEFORE_KEYWORD: ReadonlySet<string> = new Set(['no', 'default']);

/**
 * Lines on which `haproxy -c` runs code that the file names, in any branch of an `.if`; also lines whose directive
 * only the environment tells. `keepalived -t` looks at scripts and runs none.
 */
export function codeRunBy(program: RealProgram, text: string): readonly CodeLine[] {
  if (program !== 'haproxy') return [];
  return tokenize(text).flatMap(({ words, number }) => {
    const keyword = words.find((word) => !BEFORE_KEYWORD.has(word.value));
    if (keyword === undefined || !(keyword.dynamic || LOADS_CODE.has(keyword.value))) return [];
    return [{ line: number + 1, directive: text.slice(keyword.start, keyword.end) }];
  });
}
