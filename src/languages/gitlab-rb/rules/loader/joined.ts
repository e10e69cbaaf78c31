import * as ruby from '@ruby/prism/src/nodes.js';
import type { ReportProblem, Span } from '../../../core/rules/rule';
import { isRoot } from '../../schema/roots';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { LOADER_TOPIC } from '../support/topics';

export const JOINED_BY_COMMA: GitlabRbRule = {
  id: 'GLR241',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A comma joins two settings',
  check(subject, report) {
    for (const { node } of subject.scan.arrays) {
      // A list in brackets says that it is one.
      if (node.openingLoc === null) checkItems(subject, node.elements, report);
    }
    for (const { node, part } of subject.scan.calls) {
      const called = part === 'statement' && node.receiver === null && node.openingLoc === null;
      if (called) checkItems(subject, node.arguments_?.arguments_ ?? [], report);
    }
  },
};

/** Values with commas between them, of which one that is not the first assigns a setting. */
function checkItems(subject: GitlabRbSubject, items: readonly ruby.Node[], report: ReportProblem): void {
  items.forEach((item, at) => {
    const before = items[at - 1];
    if (before === undefined || !assignsSetting(item)) return;
    const next = subject.spanOf(item.location).start;
    const end = subject.spanOf(before.location).end;
    const comma = commaOf(subject.text.slice(end, next), end);
    if (comma === undefined) return;
    // On one line what follows would have to get a line of its own.
    const isLineEnd = subject.text.slice(comma.end, next).includes('\n');
    const title = 'Take the comma out';
    report({
      span: comma,
      message:
        'The comma makes a list of this value and the assignment behind it: the setting before it becomes that list.',
      remedy: isLineEnd ? 'Take it out.' : 'Take it out, and put what follows on a line of its own.',
      ...(isLineEnd ? { fix: { title, edits: [{ ...comma, newText: '' }] } } : {}),
    });
  });
}

function commaOf(between: string, start: number): Span | undefined {
  const blanks = /^[ \t)]*(?=,)/.exec(between)?.[0].length;
  return blanks === undefined ? undefined : { start: start + blanks, end: start + blanks + 1 };
}

/** True for `root['key'] = …`, `||=` and `+=`. */
function assignsSetting(node: ruby.Node): boolean {
  const writes =
    node instanceof ruby.IndexOrWriteNode ||
    node instanceof ruby.IndexOperatorWriteNode ||
    (node instanceof ruby.CallNode && node.name === '[]=');
  if (!writes) return false;
  let base = node.receiver;
  while (base instanceof ruby.CallNode && base.name === '[]') base = base.receiver;
  return base instanceof ruby.CallNode && base.receiver === null && isRoot(base.name);
}
