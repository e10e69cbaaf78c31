import type { GitlabRbSubject } from '../../subject';
import { stringAt, type Found } from './read';

const MARKS = /\{\{|\{%|<%|\$\{|%\{|#\{|^\s*<[^<>]*>\s*$|@@\w|__[A-Z_]+__/;

/** True when another program fills the text in before GitLab reads it: `{{ token }}`, `<%= ip %>`, `<YOUR_IP>`. */
export function isTemplated(text: string): boolean {
  return MARKS.test(text);
}

/** The text a key is certainly set to, as GitLab will read it. */
export function plainAt(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): Found<string> | undefined {
  const found = stringAt(subject, root, ...path);
  return found === undefined || isTemplated(found.value) ? undefined : found;
}
