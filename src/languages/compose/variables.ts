import { dollars, type Dollar } from './interpolation';

/**
 * Compose replaces `$NAME` and `${NAME…}` with values nobody knows here, and `$$` with one dollar sign. For Ruby the
 * variables become `ENV["NAME"]`: a value that is not known until the machine runs.
 */
export function withoutVariables(
  text: string,
  offsets: readonly number[],
): { readonly text: string; readonly offsets: number[] } {
  const parts: string[] = [];
  const places: number[] = [];
  const signs = new Map<number, Dollar>(dollars(text).map((one) => [one.start, one]));
  let quote: string | undefined;
  const add = (part: string, from: number): void => {
    parts.push(part);
    for (let index = 0; index < part.length; index += 1) places.push(offsets[from] ?? 0);
  };
  for (let at = 0; at < text.length;) {
    const dollar = signs.get(at);
    if (dollar?.kind === 'escaped') {
      add('$', at);
      at = dollar.end;
    } else if (dollar?.kind === 'variable') {
      add(asRuby(dollar.name, quote), at);
      at = dollar.end;
    } else {
      const character = text[at] ?? '';
      quote = quoteAfter(quote, character, text, at);
      add(character, at);
      at += 1;
      // An escaped quote ends nothing.
      if (character === '\\' && quote !== undefined && at < text.length) add(text[at] ?? '', at++);
    }
  }
  places.push(offsets[text.length] ?? 0);
  return { text: parts.join(''), offsets: places };
}
function asRuby(name: string, quote: string | undefined): string {
  if (quote === '"') return `#{ENV["${name}"]}`;
  if (quote === "'") return `' + ENV["${name}"] + '`;
  return quote === '#' ? '' : `ENV["${name}"]`;
}

/** The quotes, or the comment, a character opens or closes. */
function quoteAfter(
  quote: string | undefined,
  character: string,
  text: string,
  at: number,
): string | undefined {
  if (quote === '#') return character === '\n' ? undefined : '#';
  if (quote !== undefined) return character === quote ? undefined : quote;
  if (character === '"' || character === "'") return character;
  const comment = character === '#' && (at === 0 || /\s/.test(text[at - 1] ?? ''));
  return comment ? '#' : undefined;
}
