import type { SubjectPart } from '../../core/rules/rule';
import type { Checked } from '../check/check-document';
import type { Proxy } from './proxies';
import type { HaproxyDocument } from '../syntax/document';

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
  /**
   * Of a document in parts: a subject of each part after the other, as if the document had no other sections than those of
   * the part and the global and defaults sections. What is asked of it holds until the next one is taken.
   */
  parts?(): Iterable<SubjectPart<HaproxySubject>>;
}
