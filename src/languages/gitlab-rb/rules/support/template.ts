import type { GitlabRbSubject } from '../../subject';
import { isTemplate, stringAt, type Found } from './read';

/** True when the text is a template's, or a place left to be filled in by hand: `{{ token }}`, `<YOUR_IP>`. */
export function isTemplated(text: string): boolean {
  return isTemplate(text) || /^\s*<[^<>]*>\s*$/.test(text);
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
