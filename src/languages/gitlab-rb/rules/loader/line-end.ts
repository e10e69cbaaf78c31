import * as ruby from '@ruby/prism/src/nodes.js';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { written } from '../support/read';
import { writtenKeys } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';

/** The content of a file as it is. */
const READS = /^(?:::)?(?:File|IO)\.(?:read|binread)(?:\((?:[^()]|\([^()]*\))*\)|\s+(["'])[^"']*\1)$/;
/** One line that must not have a line end; keys and certificates of several lines may. */
const ONE_LINE = /password|secret|token|access_key|key_base|api_key/;

export const LINE_END_KEPT: GitlabRbRule = {
  id: 'GLR029',
  severity: 'information',
  topic: LOADER_TOPIC,
  title: 'A secret read from a file keeps the line end',
  check(subject, report) {
    const whole = wholeValues(subject);
    if (whole.size === 0) return;
    for (const { root, path, value } of writtenKeys(subject)) {
      if (value.kind !== 'unknown' || !ONE_LINE.test(path.at(-1) ?? '')) continue;
      const span = subject.span(value.range);
      if (!whole.has(span.start)) continue;
      const source = subject.text.slice(span.start, span.end);
      if (!READS.test(source)) continue;
      const edit = { start: span.end, end: span.end, newText: '.chomp' };
      report({
        span,
        message: `${written(root, path)} is set to all of the file: the line end most editors put at its end is a part of it then.`,
        remedy: 'Write .chomp behind it, which takes the line end away.',
        ...(source.endsWith(')') ? { fix: { title: 'Write .chomp behind it', edits: [edit] } } : {}),
      });
    }
  },
};

/** Where readings begin with which nothing more is done. */
function wholeValues(subject: GitlabRbSubject): ReadonlySet<number> {
  const values = subject.scan.calls.filter(
    ({ node, parent }) =>
      (node.name === 'read' || node.name === 'binread') &&
      (parent instanceof ruby.ArgumentsNode || parent instanceof ruby.AssocNode),
  );
  return new Set(values.map(({ node }) => subject.spanOf(node.location).start));
}
