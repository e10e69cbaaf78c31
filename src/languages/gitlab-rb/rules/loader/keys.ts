import type { ReportProblem } from '../../../core/rules/rule';
import { meantKey } from '../../evaluate/misspelt';
import { CALLED_ROOTS } from '../../schema/roots';
import { GITLAB_SCHEMA } from '../../schema';
import type { GitlabRbSubject } from '../../subject';
import { DEFAULT_GITLAB_VERSION, isSince } from '../../schema/version';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { EXPLAINED_KEYS } from '../support/explained-keys';
import { renameKey } from '../support/key-edit';
import { perSubject } from '../support/per-subject';
import { written } from '../support/read';
import { listAbove } from './lists';
import { leftToChoose, setElsewhere } from '../support/set-elsewhere';
import { writtenKeys, type WrittenKey } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';

export const UNKNOWN_KEY: GitlabRbRule = {
  id: 'GLR004',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'GitLab does not know the key',
  check(subject, report) {
    // The same key may be written many times.
    const meant = new Map<string, string | undefined>();
    const unknown = unknownKeys(subject).filter((key) => enableName(key) === undefined);
    for (const { root, path } of unknown) {
      const id = [root, ...path].join('/');
      if (!meant.has(id) && meant.size < MOST_SUGGESTIONS)
        meant.set(id, meantKey(root, path.slice(0, -1), path.at(-1) ?? ''));
    }
    for (const key of unknown) {
      reportUnknown(subject, key, meant.get([key.root, ...key.path].join('/')), report);
    }
  },
};

export const ENABLE_ENABLED: GitlabRbRule = {
  id: 'GLR005',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: '"enable" and "enabled" are mixed up',
  check(subject, report) {
    for (const key of unknownKeys(subject)) {
      const right = enableName(key);
      if (right === undefined) continue;
      const path = [...key.path.slice(0, -1), right];
      const place = setElsewhere(subject, key.root, path, key.span);
      const edit = place === undefined ? renameKey(subject, key, right) : undefined;
      const name = written(key.root, key.path);
      const rightName = written(key.root, path);
      report({
        span: key.span,
        message: `${name} has no effect: the key is called ${right}.`,
        ...(place === undefined ? { remedy: `Write ${rightName}.` } : leftToChoose(rightName, place)),
        ...(edit === undefined ? {} : { fix: { title: `Write ${right}`, edits: [edit] } }),
      });
    }
  },
};

/** To compare a word with hundreds of others takes time; whoever has more unknown keys has another trouble. */
const MOST_SUGGESTIONS = 50;

function reportUnknown(
  subject: GitlabRbSubject,
  key: WrittenKey,
  close: string | undefined,
  report: ReportProblem,
): void {
  const parent = key.path.slice(0, -1);
  const right = [...parent, close ?? ''];
  const place = close === undefined ? undefined : setElsewhere(subject, key.root, right, key.span);
  const edit = close === undefined || place !== undefined ? undefined : renameKey(subject, key, close);
  const name = written(key.root, key.path);
  report({
    span: key.span,
    message: GITLAB_SCHEMA.isOpen(key.root, parent)
      ? `Nothing is known of ${name}, which looks like a slip of the finger: the key that is meant keeps its default.`
      : `GitLab does not know ${name}; it takes the line in silence, and it has no effect.`,
    remedy:
      close === undefined
        ? 'Look the key up in the documentation, or delete it.'
        : `Did you mean "${close}"?`,
    ...(place === undefined ? {} : leftToChoose(written(key.root, right), place)),
    ...(edit === undefined ? {} : { fix: { title: `Write ${close ?? ''}`, edits: [edit] } }),
  });
}

/** Keys that were never known; of those below an unknown one, only that one. */
const unknownKeys = perSubject((subject): readonly WrittenKey[] => {
  const { version } = subject;
  const newest = `${DEFAULT_GITLAB_VERSION.major}.${DEFAULT_GITLAB_VERSION.minor + 1}`;
  // A version after the newest one known may have keys nobody has heard of here.
  if (isSince(version, newest)) return [];
  return writtenKeys(subject).filter(({ root, path, info, direct }) => {
    if (info !== undefined || CALLED_ROOTS.has(root)) return false;
    if (GITLAB_SCHEMA.children(root, []).size === 0) return false;
    // What stands in a hash that should be a list is no key of its own.
    if (listAbove(root, path) !== undefined) return false;
    const parent = path.slice(0, -1);
    if (GITLAB_SCHEMA.isOpen(root, path) && !isSlip(subject, root, parent, path.at(-1) ?? '')) return false;
    if (GITLAB_SCHEMA.removed(root, path) !== undefined) return false;
    if (EXPLAINED_KEYS.has([root, ...path].join('/'))) return false;
    return direct || parent.length === 0 || GITLAB_SCHEMA.key(root, parent) !== undefined;
  });
});

/** A slip of the fingers where any key may stand: close to a known key, which the file does not set as well. */
function isSlip(subject: GitlabRbSubject, root: string, parent: readonly string[], name: string): boolean {
  const meant = meantKey(root, parent, name);
  if (meant === undefined) return false;
  const set = subject.value(root, ...parent, meant);
  return set === undefined || set.kind === 'unknown';
}

/** The name with the other ending, when that is a key. */
function enableName({ root, path }: WrittenKey): string | undefined {
  const last = path.at(-1) ?? '';
  const match = /^(.*?)enable(d?)$/.exec(last);
  if (match === null) return undefined;
  const other = `${match[1] ?? ''}enable${match[2] === 'd' ? '' : 'd'}`;
  return GITLAB_SCHEMA.key(root, [...path.slice(0, -1), other]) === undefined ? undefined : other;
}

export const NIL_KEEPS_DEFAULT: GitlabRbRule = {
  id: 'GLR019',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'nil keeps the default',
  check(subject, report) {
    for (const { root, path, info, value, statement } of writtenKeys(subject)) {
      if (value.kind !== 'nil' || !statement.certain || path.includes('[]')) continue;
      const known = info?.default;
      if (known === undefined || EMPTY.has(known)) continue;
      report({
        span: subject.span(value.range),
        message: `nil is the same as not writing the line: ${written(root, path)} keeps its default, ${known}.`,
        remedy: 'Write the value that is meant (false, an empty text), or delete the line.',
      });
    }
  },
};

/** Defaults that mean what nil is written for. */
const EMPTY = new Set(['nil', 'false', "''", '""', '[]', '{}']);
