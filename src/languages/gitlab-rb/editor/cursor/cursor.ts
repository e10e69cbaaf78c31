import { framesOf, type Frame, type Place } from './frames';
import { lexBefore, type Token } from './lexer';
import { wordEnd } from './lexer-parts';

/** How a key or value is written at the cursor. */
export interface Written {
  /** `'`, `"`, `:` or `%` when that was already typed. */
  readonly quote: string | undefined;
  /** Offsets of the word: what stands between the quotes, or the bare word. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a cursor stands on. */
export type Cursor =
  | { readonly kind: 'root'; readonly written: Written }
  | { readonly kind: 'key'; readonly written: Written; readonly place: Place }
  | {
      readonly kind: 'name';
      readonly written: Written;
      /** The hash the key belongs to. */
      readonly place: Place;
      /** Keys before it in the same literal. */
      readonly names: readonly string[];
      readonly style: 'label' | 'arrow' | undefined;
    }
  | { readonly kind: 'value'; readonly written: Written; readonly place: Place };

/** What stands at an offset; undefined in comments, in texts of their own, and where no setting is meant. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const { tokens, inside } = lexBefore(text, offset);
  if (inside.kind === 'nothing') return undefined;
  const token = inside.kind === 'token' ? inside.token : undefined;
  const start = inside.kind === 'token' ? wordStart(text, inside.contentStart, offset, inside.token) : offset;
  const written = writtenAt(text, start, offset, token);
  const frames = framesOf(tokens);
  const top = frames.at(-1) ?? frames[0];
  return cursorIn(top, written, token, tokens);
}

function cursorIn(
  top: Frame,
  written: Written,
  token: Token | undefined,
  tokens: readonly Token[],
): Cursor | undefined {
  switch (top.kind) {
    case 'index':
      return top.place === undefined || token?.kind === 'number'
        ? undefined
        : { kind: 'key', written, place: top.place };
    case 'hash':
      return inHash(top, written);
    case 'array':
    case 'paren':
      return top.place === undefined ? undefined : { kind: 'value', written, place: top.place };
    case 'statement':
      return inStatement(top, written, tokens);
  }
}

function inHash(top: Frame, written: Written): Cursor | undefined {
  const { place, target, names, style } = top;
  if (top.phase === 'value')
    return target === undefined ? undefined : { kind: 'value', written, place: target };
  return place === undefined ? undefined : { kind: 'name', written, place, names, style };
}

/** Words after which a new statement begins on the same line. */
const OPENERS = /^(then|do|else|begin|if|unless|and|or|not)$/;

function inStatement(top: Frame, written: Written, tokens: readonly Token[]): Cursor | undefined {
  const last = tokens.at(-1);
  const begins = last === undefined || (last.kind === 'word' && OPENERS.test(last.text));
  if (begins && written.quote === undefined) return { kind: 'root', written };
  const { target } = top;
  if (target === undefined) return undefined;
  // `external_url ‸`: a value, not yet begun. `patroni['ttl'] ‸` waits for its `=`.
  if (top.phase === 'name' && target.path.length > 0) return undefined;
  if (top.phase === 'name' && last !== undefined && last.end === written.start) return undefined;
  return { kind: 'value', written, place: target };
}

/** Where the word under the cursor begins: in `%w[…]` behind the last blank. */
function wordStart(text: string, contentStart: number, offset: number, { kind }: Token): number {
  if (kind !== 'words') return contentStart;
  const before = text.slice(contentStart, offset);
  return contentStart + before.length - (/\S*$/.exec(before)?.[0].length ?? 0);
}

function writtenAt(text: string, start: number, offset: number, token: Token | undefined): Written {
  const quote = token?.kind === 'symbol' ? ':' : token?.quote;
  const end = Math.max(contentEnd(text, offset, token), offset);
  return { quote, start, end, text: text.slice(start, end) };
}

/** Where the word under the cursor ends: at its quote if there is one in this line, else with the name. */
function contentEnd(text: string, offset: number, token: Token | undefined): number {
  const quote = token?.quote;
  if (quote !== "'" && quote !== '"') return wordEnd(text, offset);
  for (let at = offset; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === quote) return at;
    if (char === '\n' || char === ']' || char === '=' || char === '#') break;
  }
  return wordEnd(text, offset);
}
