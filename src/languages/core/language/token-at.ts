import { rangeBetween, type TextLines } from '../../../finding/text-lines';
import type { Span } from '../rules/rule';
import type { SemanticToken, TokenModifier, TokenType } from './language';

/** What a stretch of a file is, for its colour. */
export interface TokenSpan extends Span {
  readonly type: TokenType;
  readonly modifiers?: readonly TokenModifier[];
}

/** The token of a stretch; undefined for an empty one, and for one over several lines, which no editor takes. */
export function tokenAt(
  lines: TextLines,
  { start, end, type, modifiers = [] }: TokenSpan,
): SemanticToken | undefined {
  if (end <= start) return undefined;
  const range = rangeBetween(lines, start, end);
  if (range.start.line !== range.end.line) return undefined;
  return { range, type, ...(modifiers.length > 0 ? { modifiers } : {}) };
}
