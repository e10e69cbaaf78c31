import { UNKNOWN_TEXT } from './word';

/** Predicates of `.if` lines: how many arguments each takes. */
const PREDICATES: ReadonlyMap<string, { readonly arguments: number }> = new Map([
  ['awslc_api_atleast', { arguments: 1 }],
  ['awslc_api_before', { arguments: 1 }],
  ['defined', { arguments: 1 }],
  ['enabled', { arguments: 1 }],
  ['feature', { arguments: 1 }],
  ['openssl_version_atleast', { arguments: 1 }],
  ['openssl_version_before', { arguments: 1 }],
  ['ssllib_name_startswith', { arguments: 1 }],
  ['streq', { arguments: 2 }],
  ['strneq', { arguments: 2 }],
  ['strstr', { arguments: 2 }],
  ['version_atleast', { arguments: 1 }],
  ['version_before', { arguments: 1 }],
]);

/** What HAProxy cannot read in a condition: where it begins, and what to say. */
export interface ConditionSyntaxFault {
  readonly at: number;
  readonly message: string;
}

/**
 * Reads a condition as HAProxy does: terms joined by `&&` and `||`, each a number, a predicate with its arguments or a
 * condition in parentheses, with any number of `!` before it.
 * @returns the first fault, undefined when HAProxy can read it
 */
export function conditionFault(text: string): ConditionSyntaxFault | undefined {
  if (text.trim() === '' || STARTS_OPEN.test(text)) return undefined;
  const reader = new Reader(text);
  const fault = reader.expression();
  if (fault !== undefined) return fault;
  reader.skipSpaces();
  const rest = text.slice(reader.at);
  return rest === ''
    ? undefined
    : { at: reader.at, message: `"${rest}" cannot stand at the end of a condition.` };
}

/** A term that the environment completes: nobody can tell here what it is. */
const STARTS_OPEN = new RegExp(`(^|[ !&|]|(?<!\\w)\\()${UNKNOWN_TEXT}`);

class Reader {
  at = 0;

  constructor(private readonly text: string) {}

  skipSpaces(): void {
    while (this.text.charAt(this.at) === ' ' || this.text.charAt(this.at) === '\t') this.at += 1;
  }

  expression(): ConditionSyntaxFault | undefined {
    for (;;) {
      const fault = this.term();
      if (fault !== undefined) return fault;
      this.skipSpaces();
      const joint = this.text.slice(this.at, this.at + 2);
      if (joint !== '&&' && joint !== '||') return undefined;
      this.at += 2;
    }
  }

  private term(): ConditionSyntaxFault | undefined {
    this.skipSpaces();
    while (this.text.charAt(this.at) === '!') {
      this.at += 1;
      this.skipSpaces();
    }
    const rest = this.text.slice(this.at);
    if (rest === '') return { at: this.at, message: 'The condition ends before it is complete.' };
    const number = /^[+-]?(0[xX][0-9a-fA-F]+|\d+)/.exec(rest)?.[0];
    if (number !== undefined) {
      this.at += number.length;
      return undefined;
    }
    return rest.startsWith('(') ? this.inner() : this.predicate(rest);
  }

  private inner(): ConditionSyntaxFault | undefined {
    const open = this.at;
    this.at += 1;
    const fault = this.expression();
    if (fault !== undefined) return fault;
    if (this.text.charAt(this.at) !== ')')
      return { at: open, message: 'A parenthesis of the condition is not closed.' };
    this.at += 1;
    return undefined;
  }

  private predicate(rest: string): ConditionSyntaxFault | undefined {
    const start = this.at;
    const name = /^\w+/.exec(rest)?.[0] ?? '';
    const known = PREDICATES.get(name);
    if (known === undefined) {
      const close = [...PREDICATES.keys()].find(
        (other) => other.replaceAll('_', '') === name.replaceAll('_', ''),
      );
      const hint = close === undefined ? '' : ` Did you mean "${close}"?`;
      return { at: start, message: `"${name === '' ? rest : name}" is no predicate of conditions.${hint}` };
    }
    this.at += name.length;
    const form = `${name}(${known.arguments === 1 ? 'x' : 'x,y'})`;
    if (this.text.charAt(this.at) !== '(') {
      // Alone it is read, with nothing as its argument.
      if (this.text.slice(this.at).trim() === '' && known.arguments === 1) return undefined;
      return { at: start, message: `"${name}" needs its arguments in parentheses right behind it: ${form}.` };
    }
    const end = this.closing(this.at + 1);
    if (end === undefined) return { at: start, message: `The arguments of "${name}" are not closed by ")".` };
    if (Math.max(end.count, 1) !== known.arguments) {
      return {
        at: start,
        message: `"${name}" takes ${known.arguments === 1 ? 'one argument' : 'two arguments'}: ${form}.`,
      };
    }
    this.at = end.at + 1;
    return undefined;
  }

  /** Where the arguments end, and how many there are. */
  private closing(from: number): { readonly at: number; readonly count: number } | undefined {
    let quote = '';
    let count = 1;
    for (let at = from; at < this.text.length; at += 1) {
      const char = this.text.charAt(at);
      if (quote !== '') quote = char === quote ? '' : quote;
      else if (char === '"' || char === "'") quote = char;
      else if (char === '\\') at += 1;
      else if (char === ',') count += 1;
      else if (char === ')') return { at, count: at === from ? 0 : count };
    }
    return undefined;
  }
}
