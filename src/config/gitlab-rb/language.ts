import type { Language } from '../language/language';
import { gitlabRbSnippets } from '../snippets/gitlab-rb-items';
import { codeLenses } from './language/code-lenses';
import { completion, type MoreItems } from './language/completion';
import { documentSymbols } from './language/document-symbols';
import { foldingRanges } from './language/folding';
import { hover } from './language/hover';
import { inlayHints } from './language/inlay-hints';
import { documentLinks } from './language/links';
import { selectionRange } from './language/selection';
import { semanticTokens } from './language/semantic-tokens';
import { refuseRename, symbolUses } from './language/symbols';
import { lintGitlabRb } from './lint';
import type { RubyParser } from './ruby-parser';
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
