import { lintGitlabRb } from '../gitlab-rb/lint';
import type { RubyParser } from '../gitlab-rb/ruby-parser';
import { readGitlabRb, type GitlabRbSubject } from '../gitlab-rb/subject';
import { lintKeepalivedSubject } from '../keepalived/lint';
import { readKeepalived, type KeepalivedSubject } from '../keepalived/subject';
import type { Language, LanguageFeatures } from '../language/language';

/** Findings only, until the languages answer for themselves. */
const NO_FEATURES: LanguageFeatures<unknown> = {
  completion: () => [],
  hover: () => undefined,
  symbolUses: () => [],
  documentSymbols: () => [],
  foldingRanges: () => [],
  selectionRange: (_, position) => ({ range: { start: position, end: position } }),
};

export const KEEPALIVED: Language<KeepalivedSubject> = {
  id: 'keepalived',
  title: 'Keepalived',
  read: (text) => readKeepalived(text),
  lint: (subject, { path }, severities = {}) => lintKeepalivedSubject(subject, { path, severities }),
  features: NO_FEATURES,
};

export function gitlabRb(parser: RubyParser): Language<GitlabRbSubject> {
  return {
    id: 'gitlab-rb',
    title: 'gitlab.rb',
    read: (text, { path, gitlabVersion }) => readGitlabRb(parser, text, path, gitlabVersion),
    lint: (subject, { path }, severities) => lintGitlabRb(subject, path, severities),
    features: NO_FEATURES,
  };
}
