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
  let quote: string | undefined;
  const add = (part: string, from: number): void => {
    parts.push(part);
    for (let index = 0; index < part.length; index += 1) places.push(offsets[from] ?? 0);
  };
  for (let at = 0; at < text.length;) {
    const variable = VARIABLE.exec(text.slice(at, at + LONGEST));
    if (text.startsWith('$$', at)) {
      add('$', at);
      at += 2;
    } else if (variable !== null) {
      add(asRuby(variable[1] ?? variable[2] ?? '', quote), at);
      at += variable[0].length;
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

const VARIABLE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)[^{}\n]*\})/;
const LONGEST = 400;

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
