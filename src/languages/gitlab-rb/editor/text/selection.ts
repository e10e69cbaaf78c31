import * as ruby from '@ruby/prism/src/nodes.js';
import type { SelectionRange } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { offsetAt } from '../../../../finding/text-lines';
import { holds, nestedSelection } from '../../../core/language/nested-selection';
import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';

/** Ever larger selections: text without quotes, word, expression, pair, hash, statement, file. */
export function selectionRange(subject: GitlabRbSubject, position: Position): SelectionRange {
  const { lines } = subject.index;
  return nestedSelection(lines, spansAt(subject, offsetAt(lines, position)));
}

/** The nodes an offset lies in, from the largest to the smallest. */
function* spansAt(subject: GitlabRbSubject, offset: number): Generator<Span> {
  for (let node: ruby.Node | undefined = subject.parsed?.value; node !== undefined;) {
    yield subject.spanOf(node.location);
    if (node instanceof ruby.StringNode && holds(subject.spanOf(node.contentLoc), offset))
      yield subject.spanOf(node.contentLoc);
    const found: ruby.Node[] = [];
    for (const child of node.childNodes())
      if (child !== null && holds(subject.spanOf(child.location), offset)) found.push(child);
    // Between two neighbours the one that begins here counts.
    node = found.at(-1);
  }
}
