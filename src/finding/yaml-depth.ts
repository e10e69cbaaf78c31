import { Lexer } from 'yaml';

/**
 * Deeper than anything people write. The YAML library reads nesting by recursion: far deeper text overflows the stack,
 * and now and then ends the whole process, because the engine allocates nothing more there.
 */
const DEEPEST = 200;

/** Before a plain, quoted or block text in what the lexer says. */
const TEXT_FOLLOWS = '\u001f';

/**
 * True for a YAML text that is too deep to be parsed. Reads it word by word, without recursion, and no further than it
 * has to. Columns of indentation count as levels: there are never more of these than columns.
 */
export function isTooDeepYaml(text: string): boolean {
  let open = 0;
  let line = 0;
  let before = '';
  for (const word of new Lexer().lex(text)) {
    const isText = before === TEXT_FOLLOWS;
    if (!isText && (word === '[' || word === '{')) open++;
    else if (!isText && (word === ']' || word === '}')) open--;
    else if (!isText && (word === '-' || word === '?')) line++;
    else if (word.endsWith('\n')) line = 0;
    else if (/^ +$/.test(word) && before.endsWith('\n')) line += word.length;
    if (open + line > DEEPEST) return true;
    before = word;
  }
  return false;
}
