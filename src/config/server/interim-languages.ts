import { lintGitlabRb } from '../gitlab-rb/lint';
import type { RubyParser } from '../gitlab-rb/ruby-parser';
import { readGitlabRb, type GitlabRbSubject } from '../gitlab-rb/subject';
import { DEFAULT_VERSION, lintHaproxySubject } from '../haproxy/lint';
import { readHaproxy, type HaproxySubject } from '../haproxy/subject';
import { haproxyVersion } from '../haproxy/version';
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

export const HAPROXY: Language<HaproxySubject> = {
  id: 'haproxy',
  title: 'HAProxy',
  read: (text, target) => readHaproxy(text, haproxyVersion(target.haproxyVersion ?? '') ?? DEFAULT_VERSION),
  lint: (subject, { path }, severities = {}) => lintHaproxySubject(subject, { path, severities }),
  features: NO_FEATURES,
};

export const KEEPALIVED: Language<string> = {
  id: 'keepalived',
  title: 'Keepalived',
  read: (text) => text,
  lint: () => [],
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
