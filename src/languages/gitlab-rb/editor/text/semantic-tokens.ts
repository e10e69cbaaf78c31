import * as ruby from '@ruby/prism/src/nodes.js';
import { tokenAt } from '../../../core/language/token-at';
import type { SemanticToken, TokenModifier, TokenType } from '../../../core/language/language';
import type { Span } from '../../../core/rules/rule';
import { ROLES, isRoot } from '../../schema/roots';
import { GITLAB_SCHEMA } from '../../schema';
import type { GitlabRbSubject } from '../../subject';
import { removalOf } from '../explain/describe';
import { allEntries, readEntries, type Entry } from '../entries/entries';
import { localUses } from '../entries/locals';

/** Roots, keys, roles and variables; removed keys are marked as deprecated. Ruby itself is left to the grammar. */
export function semanticTokens(subject: GitlabRbSubject): SemanticToken[] {
  const tokens: SemanticToken[] = [];
  const add: Add = (span, type, modifiers) => {
    const token = tokenAt(subject.index.lines, { ...span, type, modifiers });
    if (token !== undefined) tokens.push(token);
  };
  for (const entry of allEntries(readEntries(subject))) {
    addEntry(subject, entry, add);
    if (entry.root === 'roles')
      for (const span of roleSpans(subject, entry)) add(span, 'enumMember', ['defaultLibrary']);
  }
  for (const { span, role } of localUses(subject)) {
    add(span, 'variable', role === 'definition' ? ['declaration'] : []);
  }
  return inOrder(tokens);
}

type Add = (span: Span, type: TokenType, modifiers: readonly TokenModifier[]) => void;

function addEntry(subject: GitlabRbSubject, entry: Entry, add: Add): void {
  const { root, rootSpan, keys, path } = entry;
  if (rootSpan !== undefined) {
    const gone = removalOf({ root, path: [] }, subject.version) ?? wholeRoot(subject, root);
    if (gone !== undefined) add(rootSpan, 'namespace', ['deprecated']);
    else if (isRoot(root)) add(rootSpan, 'namespace', ['defaultLibrary']);
    else return;
  }
  keys.forEach(({ text, span }, at) => {
    if (text === undefined) return;
    const way = path.slice(0, path.length - keys.length + at + 1);
    if (!way.every((name) => name !== undefined)) return;
    const removed = removalOf({ root, path: way }, subject.version);
    const known = GITLAB_SCHEMA.key(root, way) !== undefined;
    add(span, 'property', removed !== undefined ? ['deprecated'] : known ? ['defaultLibrary'] : []);
  });
}

/** `grafana[*]`: the whole root is gone. */
function wholeRoot(subject: GitlabRbSubject, root: string): ReturnType<typeof removalOf> {
  return removalOf({ root, path: ['*'] }, subject.version);
}

function roleSpans(subject: GitlabRbSubject, { value }: Entry): Span[] {
  const elements = value instanceof ruby.ArrayNode ? value.elements : value === undefined ? [] : [value];
  return elements.flatMap((element) =>
    element instanceof ruby.StringNode && ROLES.has(element.unescaped.value.replaceAll('-', '_'))
      ? [subject.spanOf(element.contentLoc)]
      : [],
  );
}

function inOrder(tokens: SemanticToken[]): SemanticToken[] {
  const sorted = tokens.sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
  return sorted.filter((token, at) => {
    const before = sorted[at - 1];
    if (before === undefined || before.range.end.line < token.range.start.line) return true;
    return before.range.end.character <= token.range.start.character;
  });
}
