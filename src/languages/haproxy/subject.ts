import { checkDocument, type Checked } from './check/check-document';
import { proxiesOf, type Proxy } from './model/proxies';
import { isForGitlab, isWebBackend } from './model/roles';
import { parseHaproxy, type HaproxyDocument } from './syntax/document';
import { DEFAULT_HAPROXY_VERSION, haproxyVersion } from './schema/version';

/** What the rules for HAProxy look at: a read and checked configuration. */
export interface HaproxySubject {
  readonly document: HaproxyDocument;
  readonly checked: Checked;
  /** Frontends, backends and listen sections with what they inherit. */
  readonly proxies: readonly Proxy[];
  /** True when the file speaks of GitLab. */
  readonly forGitlab: boolean;
  /** Web backends of a file that speaks of GitLab; none in other files. */
  readonly gitlabBackends: readonly Proxy[];
}

/**
 * Reads and checks a configuration. Never throws.
 * @param version of HAProxy, e.g. `3.0`; branches between the covered ones count as the one below
 */
export function readHaproxy(text: string, version?: string): HaproxySubject {
  const document = parseHaproxy(text, haproxyVersion(version ?? '') ?? DEFAULT_HAPROXY_VERSION);
  const proxies = proxiesOf(document);
  const forGitlab = isForGitlab(document);
  const gitlabBackends = forGitlab ? proxies.filter(isWebBackend) : [];
  return { document, checked: checkDocument(document), proxies, forGitlab, gitlabBackends };
}
