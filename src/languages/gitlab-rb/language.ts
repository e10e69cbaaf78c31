import type { Language } from '../core/language/language';
import { codeLenses } from './editor/explain/code-lenses';
import { completion } from './editor/completion/completion';
import { documentSymbols } from './editor/navigate/document-symbols';
import { foldingRanges } from './editor/text/folding';
import { hover } from './editor/explain/hover';
import { inlayHints } from './editor/explain/inlay-hints';
import { documentLinks } from './editor/navigate/links';
import { selectionRange } from './editor/text/selection';
import { semanticTokens } from './editor/text/semantic-tokens';
import { refuseRename } from './editor/navigate/rename';
import { symbolUses } from './editor/navigate/symbols';
import { lintGitlabRb } from './lint';
import type { RubyParser } from './ruby/ruby-parser';
import { readGitlabRb, type GitlabRbSubject } from './subject';
import { GITLAB_RB_SNIPPETS } from './snippets/items';

/**
 * gitlab.rb: reading, checking, and everything an editor may ask.
 * @param parser reads Ruby; it takes a moment to load, so whoever starts the program brings it
 */
export function gitlabRbLanguage(parser: RubyParser): Language<GitlabRbSubject, 'gitlab-rb'> {
  return {
    id: 'gitlab-rb',
    title: 'gitlab.rb',
    letters: 'GLR',
    fileName: 'gitlab.rb',
    fence: 'ruby',
    snippets: GITLAB_RB_SNIPPETS,
    read: (text, target) => readGitlabRb(parser, text, target.path, target.gitlabVersion, target.included),
    lint: (subject, target, severities) => lintGitlabRb(subject, target.path, severities),
    features: {
      completion,
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
