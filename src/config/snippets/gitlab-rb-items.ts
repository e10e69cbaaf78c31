import type { MoreItems } from '../gitlab-rb/language/completion';
import { snippetSource } from './completions';
import { SNIPPETS } from './snippets';

/** Snippets for gitlab.rb, where a statement begins: given to `gitlabRbLanguage`. */
export const gitlabRbSnippets: MoreItems = (_subject, context) =>
  context.kind === 'root' ? SNIPPETS['gitlab-rb'].map((snippet) => snippetSource(snippet, 'gitlab-rb')) : [];
