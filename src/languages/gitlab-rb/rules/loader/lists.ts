import type { Problem } from '../../../core/rules/rule';
import type { RubyValue } from '../../evaluate/value';
import { GITLAB_SCHEMA } from '../../schema';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { written } from '../support/read';
import { writtenKeys } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';

export const HASH_AS_LIST: GitlabRbRule = {
  id: 'GLR028',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A hash where a list belongs',
  check(subject, report) {
    const told = new Set<string>();
    for (const { root, path, span, value, direct, statement } of writtenKeys(subject)) {
      const list = listAbove(root, path);
      if (list !== undefined) {
        // One that is written as a whole is told where it is written.
        const id = `${list.join('/')} ${span.start}`;
        if (!direct || statement.path.length <= list.length || told.has(id)) continue;
        told.add(id);
        report({ span, ...saying(root, list) });
      } else if (value.kind === 'hash' && value.entries.size > 0 && isList(root, path)) {
        const place = subject.span(value.range);
        report({ span: place, ...saying(root, path), ...wrapped(subject, root, path, value) });
      }
    }
  },
};

function saying(root: string, path: readonly string[]): Pick<Problem, 'message' | 'remedy'> {
  return {
    message: `${written(root, path)} is a list; GitLab's package walks through it and finds no items in a hash.`,
    remedy: 'Put it in brackets: [{ … }], one pair of braces for each item.',
  };
}

/** The keys of the list that a path leads into without naming an item of it; undefined when it does not. */
export function listAbove(root: string, path: readonly string[]): readonly string[] | undefined {
  for (let depth = 1; depth < path.length; depth += 1) {
    const above = path.slice(0, depth);
    if (path[depth] !== '[]' && isList(root, above)) return above;
  }
  return undefined;
}

/** True for a key that takes a list of hashes and nothing else. */
function isList(root: string, path: readonly string[]): boolean {
  const info = GITLAB_SCHEMA.key(root, path);
  return info?.types.join() === 'array' && GITLAB_SCHEMA.children(root, [...path, '[]']).size > 0;
}

/** The one item in brackets, when what it holds is what an item holds. */
function wrapped(
  subject: GitlabRbSubject,
  root: string,
  path: readonly string[],
  value: Extract<RubyValue, { kind: 'hash' }>,
): Partial<Pick<Problem, 'fix'>> {
  const known = GITLAB_SCHEMA.children(root, [...path, '[]']);
  if (value.open !== undefined || ![...value.entries.keys()].every((key) => known.has(key))) return {};
  const { start, end } = subject.span(value.range);
  if (subject.text[start] !== '{' || subject.text[end - 1] !== '}') return {};
  const edits = [
    { start, end: start, newText: '[' },
    { start: end, end, newText: ']' },
  ];
  return { fix: { title: 'Make it a list', edits } };
}
