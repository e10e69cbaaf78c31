import type { SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver-types';
import { TOKEN_MODIFIERS, TOKEN_TYPES, type SemanticToken } from '../../languages/core/language/language';

export const LEGEND: SemanticTokensLegend = {
  tokenTypes: [...TOKEN_TYPES],
  tokenModifiers: [...TOKEN_MODIFIERS],
};

/** Tokens as the protocol packs them: five numbers each, places relative to the token before. */
export function packTokens(tokens: readonly SemanticToken[]): SemanticTokens {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const { range, type, modifiers } of tokens) {
    const { start, end } = range;
    const length = end.character - start.character;
    const backwards = start.line < line || (start.line === line && start.character < character);
    // An editor drops the whole file's colours for one token it cannot place.
    if (backwards || length <= 0 || start.line !== end.line) continue;
    const deltaLine = start.line - line;
    const bits = (modifiers ?? []).reduce(
      (sum, modifier) => sum | (1 << TOKEN_MODIFIERS.indexOf(modifier)),
      0,
    );
    data.push(
      deltaLine,
      deltaLine === 0 ? start.character - character : start.character,
      length,
      TOKEN_TYPES.indexOf(type),
      bits,
    );
    ({ line, character } = start);
  }
  return { data };
}
