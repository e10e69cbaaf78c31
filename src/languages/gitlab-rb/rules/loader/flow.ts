import * as ruby from '@ruby/prism/src/nodes.js';
import type { ReportProblem } from '../../../core/rules/rule';
import { CALLED_ROOTS, isRoot } from '../../schema/roots';
import type { Seen } from '../../ruby/ruby-scan';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { perSubject } from '../support/per-subject';
import { written } from '../support/read';
import { unlessSetElsewhere } from '../support/set-elsewhere';
import { replaces } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';
import { firstSyntaxError } from '../support/words';

/** A key the source names with plain texts and symbols, e.g. `patroni['postgresql'][:port]`. */
interface NamedKey {
  readonly root: string;
  readonly path: readonly string[];
}

export const SETS_NOTHING: GitlabRbRule = {
  id: 'GLR018',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'A comparison or condition that sets nothing',
  check(subject, tell) {
    const report: ReportProblem = (problem) => {
      tell(unlessSetElsewhere(subject, problem));
    };
    const end = firstSyntaxError(subject);
    for (const seen of subject.scan.calls) {
      const { node, part } = seen;
      const key = part === 'statement' && node.name === '==' ? namedKey(node.receiver) : undefined;
      if (key !== undefined) reportComparison(subject, node, key, end, report);
      if (GROWING.has(node.name)) checkGrowing(subject, seen, report);
      if (part === 'condition') checkCondition(subject, node, report);
    }
    for (const seen of subject.scan.operatorWrites) checkOperator(subject, seen, report);
    for (const { node } of subject.scan.matches) {
      const key = namedKey(node.value) ?? calledSetting(node.value);
      const sign = subject.spanOf(node.operatorLoc);
      if (key !== undefined && sign.start < end) reportMatch(subject, node, key, report);
    }
    for (const { node } of subject.scan.orWrites) {
      const key = namedKey(node);
      if (key === undefined || isWritten(subject, key, node.location)) continue;
      report({
        span: subject.spanOf(node.location),
        message: `${written(key.root, key.path)} is not set before, and GitLab's loader reads it as an empty hash, which is true: "||=" sets nothing.`,
        remedy: 'Write "=".',
        fix: { title: 'Write "="', edits: [{ ...subject.spanOf(node.operatorLoc), newText: '=' }] },
      });
    }
  },
};

function reportComparison(
  subject: GitlabRbSubject,
  node: ruby.CallNode,
  { root, path }: NamedKey,
  end: number,
  report: ReportProblem,
): void {
  if (node.messageLoc === null) return;
  const sign = subject.spanOf(node.messageLoc);
  if (sign.start >= end) return;
  report({
    span: subject.spanOf(node.location),
    message: `"==" compares and sets nothing; ${written(root, path)} keeps its default, or becomes an empty hash.`,
    remedy: 'Write "=".',
    fix: { title: 'Write "="', edits: [{ ...sign, newText: '=' }] },
  });
}

/** Methods lists have, and empty hashes do not. */
const GROWING = new Set(['<<', 'push', 'append', 'concat', 'unshift', 'prepend']);

/** `gitaly['configuration'][:storage] << {…}` where nothing set the list. */
function checkGrowing(
  subject: GitlabRbSubject,
  { node, doubtful }: Seen<ruby.CallNode>,
  report: ReportProblem,
): void {
  const key = namedKey(node.receiver);
  if (key === undefined || node.receiver === null || isWritten(subject, key, node.location)) return;
  const span = subject.spanOf(node.receiver.location);
  if (span.start >= firstSyntaxError(subject)) return;
  const name = written(key.root, key.path);
  report({
    span,
    message: `${name} is not set before, and GitLab's loader reads it as an empty hash, which has no "${node.name}": gitlab-ctl reconfigure stops here.`,
    remedy: `Set the list: ${name} = [...].`,
    severity: doubtful ? 'warning' : 'error',
  });
}

/** `external_url` in `external_url => 'http://x'` */
function calledSetting(node: ruby.Node): NamedKey | undefined {
  if (!(node instanceof ruby.CallNode) || node.receiver !== null || node.arguments_ !== null)
    return undefined;
  return CALLED_ROOTS.has(node.name) ? { root: node.name, path: [] } : undefined;
}

/** `gitlab_rails['trusted_proxies'] += [...]` where nothing set the list. */
function checkOperator(
  subject: GitlabRbSubject,
  { node, doubtful }: Seen<ruby.IndexOperatorWriteNode>,
  report: ReportProblem,
): void {
  const key = namedKey(node);
  if (key === undefined || isWritten(subject, key, node.location)) return;
  const span = subject.spanOf(node.location);
  if (span.start >= firstSyntaxError(subject)) return;
  report({
    span,
    message: `${written(key.root, key.path)} is not set before, and GitLab's loader reads it as an empty hash, which has no "${node.binaryOperator}": gitlab-ctl reconfigure stops here.`,
    remedy: 'Write "=".',
    fix: { title: 'Write "="', edits: [{ ...subject.spanOf(node.binaryOperatorLoc), newText: '=' }] },
    severity: doubtful ? 'warning' : 'error',
  });
}

/** `redis['port'] => 6379` */
function reportMatch(
  subject: GitlabRbSubject,
  node: ruby.MatchRequiredNode,
  { root, path }: NamedKey,
  report: ReportProblem,
): void {
  report({
    span: subject.spanOf(node.location),
    message: `"=>" compares ${written(root, path)} with a pattern, which does not fit: gitlab-ctl reconfigure stops here.`,
    ...(path.length === 0
      ? { remedy: `Leave out the "=>": ${root} followed by the value.` }
      : {
          remedy: 'Write "=".',
          fix: { title: 'Write "="', edits: [{ ...subject.spanOf(node.operatorLoc), newText: '=' }] },
        }),
    severity: 'error',
  });
}

/** `if gitlab_rails['x']` where nothing set it: always true. */
function checkCondition(subject: GitlabRbSubject, node: ruby.CallNode, report: ReportProblem): void {
  const key = namedKey(node);
  if (key === undefined || isWritten(subject, key, node.location)) return;
  const name = written(key.root, key.path);
  report({
    span: subject.spanOf(node.location),
    message: `${name} is not set before, and GitLab's loader reads it as an empty hash, which is true: the condition always holds.`,
    remedy: `Compare it: ${name} == true.`,
  });
}

/** The key an expression names; undefined when it is none, or not written with plain texts. */
function namedKey(node: ruby.Node | null): NamedKey | undefined {
  const path: string[] = [];
  let current = node;
  while (isIndexed(current)) {
    const [key, ...more] = current.arguments_?.arguments_ ?? [];
    if (more.length > 0 || !(key instanceof ruby.StringNode || key instanceof ruby.SymbolNode))
      return undefined;
    path.unshift(key.unescaped.value);
    current = current.receiver;
  }
  if (!(current instanceof ruby.CallNode) || current.receiver !== null || path.length === 0) return undefined;
  return isRoot(current.name) ? { root: current.name, path } : undefined;
}

function isIndexed(
  node: ruby.Node | null,
): node is ruby.CallNode | ruby.IndexOrWriteNode | ruby.IndexOperatorWriteNode {
  if (node instanceof ruby.IndexOrWriteNode || node instanceof ruby.IndexOperatorWriteNode) return true;
  return node instanceof ruby.CallNode && node.name === '[]' && node.receiver !== null;
}

/** Where keys are first written. */
interface FirstWrites {
  /** The key itself. */
  readonly exact: ReadonlyMap<string, number>;
  /** The key itself or one below it. */
  readonly within: ReadonlyMap<string, number>;
}

/** Few files ask for it: it is made for those only. */
const firstWritesOf = perSubject((subject): FirstWrites => {
  const exact = new Map<string, number>();
  const within = new Map<string, number>();
  for (const { root, path, range } of subject.config.assignments) {
    const at = subject.span(range).start;
    const unknownAt = path.findIndex((key) => key === undefined);
    const known = unknownAt < 0 ? path : path.slice(0, unknownAt);
    let id = root;
    for (const key of ['', ...known]) {
      if (key !== '') id += `\0${key}`;
      if (!within.has(id)) within.set(id, at);
    }
    if (!exact.has(id)) exact.set(id, at);
  }
  return { exact, within };
});

function isWritten(subject: GitlabRbSubject, { root, path }: NamedKey, location: ruby.Location): boolean {
  const at = subject.spanOf(location).start;
  if (subject.config.inclusions.some(({ range }) => subject.span(range).start < at)) return true;
  const { exact, within } = firstWritesOf(subject);
  const before = (place: number | undefined): boolean => place !== undefined && place < at;
  let id = root;
  if (before(exact.get(id))) return true;
  for (const key of path) {
    id += `\0${key}`;
    if (before(exact.get(id))) return true;
  }
  return before(within.get(id));
}

export const AFTER_FROM_FILE: GitlabRbRule = {
  id: 'GLR020',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'Settings after from_file',
  check(subject, report) {
    const end = endOfInclusion(subject);
    if (end === undefined) return;
    let first = true;
    const set = new Set<string>();
    for (const statement of subject.config.assignments) {
      const parent = [statement.root, ...statement.path.slice(0, -1)].join('\0');
      const span = subject.span(statement.targetRange);
      const after = span.start >= end;
      const fails = after && statement.path.length > 1 && statement.certain && !set.has(parent);
      if (after && (first || fails)) {
        report({
          span,
          message: fails
            ? 'After from_file the loader makes no hashes by itself any more: unless the other file sets the keys before the last one, this fails.'
            : 'After from_file the loader takes misspelt settings in silence, and nested keys can fail.',
          remedy: 'Put from_file at the end of the file.',
        });
        first = false;
      }
      remember(set, statement.root, statement.path);
      if (after && !replaces(subject, statement)) first = false;
    }
  },
};

function remember(set: Set<string>, root: string, path: readonly (string | undefined)[]): void {
  for (let length = 0; length <= path.length; length += 1)
    set.add([root, ...path.slice(0, length)].join('\0'));
}

/** Where the first `from_file` ends that certainly runs. */
function endOfInclusion(subject: GitlabRbSubject): number | undefined {
  for (const { node, doubtful } of subject.scan.calls) {
    if (node.name === 'from_file' && node.receiver === null && !doubtful)
      return subject.spanOf(node.location).end;
  }
  return undefined;
}

export const RUNS_CODE: GitlabRbRule = {
  id: 'GLR021',
  severity: 'hint',
  topic: LOADER_TOPIC,
  title: 'A command or other code runs at every reconfigure',
  check(subject, report) {
    for (const location of subject.scan.commands) reportCode(subject, location, 'This command runs', report);
    for (const { node } of subject.scan.calls) {
      if (node.receiver !== null || node.messageLoc === null || !RUNNERS.has(node.name)) continue;
      if (node.arguments_ !== null) reportCode(subject, node.location, `${node.name} runs`, report);
    }
  },
};

const RUNNERS = new Set(['system', 'exec', 'spawn', 'eval', 'instance_eval', 'load', 'require_relative']);

function reportCode(
  subject: GitlabRbSubject,
  location: ruby.Location,
  what: string,
  report: ReportProblem,
): void {
  report({
    span: subject.spanOf(location),
    message: `${what} as root at every reconfigure, and what it sets cannot be checked here.`,
    remedy: 'Write the values out where that is possible.',
  });
}
