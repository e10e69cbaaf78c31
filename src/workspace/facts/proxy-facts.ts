import { readSuppressions, type Comment } from '../../languages/core/rules/suppression';
import { proxyFacts, type ProxyDocument } from '../proxies/addresses';
import type { SpokenPool } from '../proxies/spoken';
import type { ProxyFileFacts } from './facts';

/** The facts of a haproxy.cfg or keepalived.conf. @param spoken how a haproxy.cfg speaks to its servers */
export function proxyFileFacts(
  document: ProxyDocument,
  comments: Iterable<Comment>,
  spoken: readonly SpokenPool[] = [],
): ProxyFileFacts {
  return { kind: 'proxy', ...proxyFacts(document, spoken), suppressions: readSuppressions(comments) };
}
