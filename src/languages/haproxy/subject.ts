import type { JoinedText } from '../core/joined/joined-text';
import { checkDocument } from './check/check-document';
import { proxiesOf } from './model/proxies';
import { isForGitlab, isWebBackend } from './model/roles';
import { longSubject } from './model/long-subject';
import type { HaproxySubject } from './model/haproxy-subject';
import { parseHaproxy, type HaproxyDocument } from './syntax/document';
import { DEFAULT_HAPROXY_VERSION, haproxyVersion } from './schema/version';

export type { HaproxySubject } from './model/haproxy-subject';

/**
 * Reads and checks a configuration. Never throws.
 * @param version of HAProxy, e.g. `3.0`; branches between the covered ones count as the one below
 */
export function readHaproxy(text: string, version?: string): HaproxySubject {
  return subjectOf(parseHaproxy(text, haproxyVersion(version ?? '') ?? DEFAULT_HAPROXY_VERSION));
}

/** Reads and checks a configuration written in several files, as `readHaproxy` does one. */
export function readHaproxyFiles({ text, spans }: JoinedText, version?: string): HaproxySubject {
  return subjectOf(parseHaproxy(text, haproxyVersion(version ?? '') ?? DEFAULT_HAPROXY_VERSION, spans));
}

/** Checks a configuration that was read. */
export function subjectOf(document: HaproxyDocument): HaproxySubject {
  if (document.inParts) return longSubject(document);
  const proxies = proxiesOf(document);
  const forGitlab = isForGitlab(document);
  const gitlabBackends = forGitlab ? proxies.filter(isWebBackend) : [];
  return { document, checked: checkDocument(document), proxies, forGitlab, gitlabBackends };
}
