import { readSuppressions, type Comment } from '../../languages/core/rules/suppression';
import { proxyFacts, type ProxyDocument } from '../proxies/addresses';
import type { ProxyFileFacts } from './facts';

/** The facts of a haproxy.cfg or keepalived.conf. */
export function proxyFileFacts(document: ProxyDocument, comments: Iterable<Comment>): ProxyFileFacts {
  return { kind: 'proxy', ...proxyFacts(document), suppressions: readSuppressions(comments) };
}
