import type { Language } from '../core/language/language';
import { gitlabRbSnippets } from './snippets/items';
import { codeLenses } from './editor/code-lenses';
import { completion, type MoreItems } from './editor/completion';
import { documentSymbols } from './editor/document-symbols';
import { foldingRanges } from './editor/folding';
import { hover } from './editor/hover';
import { inlayHints } from './editor/inlay-hints';
import { documentLinks } from './editor/links';
import { selectionRange } from './editor/selection';
import { semanticTokens } from './editor/semantic-tokens';
import { refuseRename, symbolUses } from './editor/symbols';
import { lintGitlabRb } from './lint';
import type { RubyParser } from './ruby/ruby-parser';
import { readGitlabRb, type GitlabRbSubject } from './subject';

/**
 * gitlab.rb: reading, checking, and everything an editor may ask.
 * @param parser reads Ruby; it takes a moment to load, so whoever starts the program brings it
 * @param more further items for completion; the snippets when it is left out
 */
export function gitlabRbLanguage(
  parser: RubyParser,
  more: MoreItems = gitlabRbSnippets,
): Language<GitlabRbSubject> {
  return {
    id: 'gitlab-rb',
    title: 'gitlab.rb',
    read: (text, target) => readGitlabRb(parser, text, target.path, target.gitlabVersion),
    lint: (subject, target, severities) => lintGitlabRb(subject, target.path, severities),
    features: {
      completion: (subject, position) => completion(subject, position, more),
      hover,
      symbolUses,
      refuseRename,
      documentSymbols,
      foldingRanges,
      selectionRange,
      semanticTokens,
      documentLinks,
      codeLenses,
      inlayHints,
    },
  };
}
