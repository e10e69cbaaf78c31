import { readClusterFile } from '../../languages/cluster-yaml/subject';
import type { IncludedFiles } from '../../languages/gitlab-rb/evaluate/included-files';
import type { RubyParser } from '../../languages/gitlab-rb/ruby/ruby-parser';
import { readGitlabRb } from '../../languages/gitlab-rb/subject';
import { proxiesOf } from '../../languages/haproxy/model/proxies';
import { HAPROXY_VERSIONS } from '../../languages/haproxy/schema/version';
import { haproxyComments } from '../../languages/haproxy/syntax/comments';
import { parseHaproxy } from '../../languages/haproxy/syntax/document';
import { keepalivedComments } from '../../languages/keepalived/syntax/comments';
import { parseKeepalived } from '../../languages/keepalived/syntax/document';
import {
  CLUSTER_FILE,
  isTooLarge,
  LARGEST_FILE_BYTES,
  tooLarge,
  type UnreadFile,
} from '../files/workspace-files';
import { spokenPools } from '../proxies/spoken';
import { clusterFacts } from './cluster-facts';
import type { FileFacts } from './facts';
import { proxyFileFacts } from './proxy-facts';
import { rubyFacts } from './ruby-facts';

/**
 * Reads the facts out of a file of a workspace that nobody has read yet; undefined for a file of another name.
 * @param included texts of the files that a gitlab.rb reads, by the path as it is written there
 */
export function readFacts(
  path: string,
  content: string | UnreadFile,
  parser: RubyParser | undefined,
  included?: IncludedFiles,
): FileFacts | undefined {
  if (typeof content !== 'string') return { kind: 'unread', file: content };
  if (isTooLarge(content)) return { kind: 'unread', file: tooLarge(LARGEST_FILE_BYTES) };
  if (path === CLUSTER_FILE) return clusterFacts(readClusterFile(content, path));
  if (path.endsWith('/haproxy.cfg')) {
    // What the checks look at is the same in all versions.
    const document = parseHaproxy(content, HAPROXY_VERSIONS[0]);
    const spoken = spokenPools(document, () => proxiesOf(document));
    return proxyFileFacts(document, haproxyComments(document), spoken);
  }
  if (path.endsWith('/keepalived.conf')) {
    const document = parseKeepalived(content);
    return proxyFileFacts(document, keepalivedComments(document));
  }
  if (!path.endsWith('/gitlab.rb') || parser === undefined) return undefined;
  return rubyFacts(readGitlabRb(parser, content, path, undefined, included), path);
}
