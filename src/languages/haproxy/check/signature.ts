/**
 * The arguments of a keyword in a small notation, which also is what signature help shows:
 *
 *   <type> or <label:type>   an argument that must be there
 *   word|word                one of these words
 *   [ … ]                    may be left out
 *   { a <x> / b / c <y> }    options with their arguments, in any order, any number of times
 *   ?if  !if                 a condition that may, or must, follow
 *   *                        whatever follows is not looked at
 */
export type Part =
  | { readonly kind: 'value'; readonly label: string; readonly type: string }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'optional'; readonly parts: readonly Part[] }
  | { readonly kind: 'options'; readonly alternatives: readonly (readonly Part[])[] }
  | { readonly kind: 'condition'; readonly required: boolean }
  | { readonly kind: 'rest' };

/** Compiles the notation. Throws for a mistake in it, which a test finds: it compiles every signature. */
export function compileSignature(text: string): readonly Part[] {
  const tokens = text.split(/\s+/).filter((token) => token !== '');
  const parts: Part[] = [];
  let at = 0;
  while (at < tokens.length) {
    const [part, next] = compilePart(tokens, at);
    parts.push(part);
    at = next;
  }
  return parts;
}

function compilePart(tokens: readonly string[], at: number): [Part, number] {
  const token = tokens[at] ?? '';
  if (token === '[') {
    const close = closing(tokens, at, '[', ']');
    return [{ kind: 'optional', parts: compileSignature(tokens.slice(at + 1, close).join(' ')) }, close + 1];
  }
  if (token === '{') {
    const close = closing(tokens, at, '{', '}');
    const inner = tokens.slice(at + 1, close).join(' ');
    const alternatives = inner.split(' / ').map((alternative) => compileSignature(alternative));
    return [{ kind: 'options', alternatives }, close + 1];
  }
  if (token === '?if' || token === '!if') return [{ kind: 'condition', required: token === '!if' }, at + 1];
  if (token === '*') return [{ kind: 'rest' }, at + 1];
  const value = /^<(?:([^:>]+):)?([^>]+)>$/.exec(token);
  if (value !== null) {
    const [, label, type = ''] = value;
    return [{ kind: 'value', label: label ?? type, type }, at + 1];
  }
  return [{ kind: 'words', words: token.split('|') }, at + 1];
}

function closing(tokens: readonly string[], open: number, left: string, right: string): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at] === left) depth += 1;
    if (tokens[at] === right) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`"${left}" is not closed in the signature "${tokens.join(' ')}"`);
}
