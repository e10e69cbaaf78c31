import * as ruby from '@ruby/prism/src/nodes.js';
import type { SelectionRange } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { offsetAt, rangeBetween } from '../../../../finding/text-lines';
import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';

/** Ever larger selections: text without quotes, word, expression, pair, hash, statement, file. */
export function selectionRange(subject: GitlabRbSubject, position: Position): SelectionRange {
  const { lines } = subject.index;
  const offset = offsetAt(lines, position);
  let selection: SelectionRange = { range: rangeBetween(lines, 0, subject.text.length) };
  let around: Span = { start: 0, end: subject.text.length };
  for (const span of spansAt(subject, offset)) {
    const same = span.start === around.start && span.end === around.end;
    if (same || span.start < around.start || span.end > around.end) continue;
    selection = { range: rangeBetween(lines, span.start, span.end), parent: selection };
    around = span;
  }
  return selection;
}

/** The nodes an offset lies in, from the largest to the smallest. */
function* spansAt(subject: GitlabRbSubject, offset: number): Generator<Span> {
  const holds = ({ start, end }: Span): boolean => offset >= start && offset <= end;
  for (let node: ruby.Node | undefined = subject.parsed?.value; node !== undefined;) {
    yield subject.spanOf(node.location);
    if (node instanceof ruby.StringNode && holds(subject.spanOf(node.contentLoc)))
      yield subject.spanOf(node.contentLoc);
    const found: ruby.Node[] = [];
    for (const child of node.childNodes())
      if (child !== null && holds(subject.spanOf(child.location))) found.push(child);
    // Between two neighbours the one that begins here counts.
    node = found.at(-1);
  }
}
