import type { MoreItems } from '../editor/completion/completion';
import { snippetSource } from '../../core/snippets/completions';
import { SNIPPETS } from '../../core/snippets/snippets';

/** Snippets for gitlab.rb, where a statement begins: given to `gitlabRbLanguage`. */
export const gitlabRbSnippets: MoreItems = (_subject, context) =>
  context.kind === 'root' ? SNIPPETS['gitlab-rb'].map((snippet) => snippetSource(snippet, 'gitlab-rb')) : [];
