import * as ruby from '@ruby/prism/src/nodes.js';
import { closestWord } from '../../../../finding/did-you-mean';
import type { Problem, ReportProblem } from '../../../core/rules/rule';
import { CALLED_ROOTS, HASH_ROOTS, isRoot, ROLES } from '../../schema/roots';
import { GITLAB_SCHEMA } from '../../schema';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { unlessSetElsewhere } from '../support/set-elsewhere';
import { LOADER_TOPIC } from '../support/topics';
import { advice } from './bare-words';
import { dashedRoot, firstSyntaxError, strangeWords, type StrangeWord } from '../support/words';

const ALL_ROOTS: readonly string[] = [...HASH_ROOTS, ...CALLED_ROOTS, ...ROLES];

/** A file with more strange words of a kind is no gitlab.rb at all. */
const MOST_WORDS = 1_000;

/** Reports strange words of one kind. */
function words(
  kind: StrangeWord['kind'],
  describe: (subject: GitlabRbSubject, word: StrangeWord) => Omit<Problem, 'span'> & Partial<Problem>,
): GitlabRbRule['check'] {
  return (subject, report) => {
    let left = MOST_WORDS;
    for (const word of strangeWords(subject)) {
      if (word.kind !== kind) continue;
      left -= 1;
      if (left < 0) return;
      const problem = describe(subject, word);
      // What runs only under a condition is refused only then.
      const severity = word.doubtful ? { severity: 'warning' as const } : {};
      report(unlessSetElsewhere(subject, { span: word.span, ...severity, ...problem }));
    }
  };
}

export const UNKNOWN_ROOT: GitlabRbRule = {
  id: 'GLR001',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'The first word is no setting of GitLab',
  check: words('unknown', (_, { name, span }) => {
    const close = closestWord(name, ALL_ROOTS);
    const message = `GitLab knows no setting "${name}": gitlab-ctl reconfigure stops here and applies nothing.`;
    if (close === undefined)
      return {
        message,
        remedy: 'Start the line with a setting of GitLab, or put it in quotes if it is a text.',
      };
    const fix = { title: `Write ${close}`, edits: [{ ...span, newText: close }] };
    return { message, remedy: `Did you mean "${close}"?`, fix };
  }),
};

export const CHEF_PATH: GitlabRbRule = {
  id: 'GLR008',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: "A path of Chef's attributes instead of a setting",
  check: words('chef', (subject, { name, span, seen }) => {
    const message = `"${name}" is a name inside GitLab's cookbooks, not in gitlab.rb: gitlab-ctl reconfigure stops here.`;
    const inner = innerRoot(seen.parent);
    if (inner === undefined) return { message, remedy: 'Start with the service, for example puma[...].' };
    const end = subject.spanOf(inner.location).end;
    const fix = {
      title: `Write ${inner.root}[...]`,
      edits: [{ start: span.start, end, newText: inner.root }],
    };
    return { message, remedy: `Start the line with ${inner.root}[...].`, fix };
  }),
};

/** The service that `gitlab['geo-postgresql']` means. */
function innerRoot(node: ruby.Node | undefined): { root: string; location: ruby.Location } | undefined {
  if (!(node instanceof ruby.CallNode) || node.name !== '[]') return undefined;
  const [key] = node.arguments_?.arguments_ ?? [];
  if (!(key instanceof ruby.StringNode)) return undefined;
  const root = key.unescaped.value.replaceAll('-', '_');
  return HASH_ROOTS.has(root) ? { root, location: node.location } : undefined;
}

export const BAREWORD: GitlabRbRule = {
  id: 'GLR009',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A text without quotes',
  check(subject, report) {
    words('bareword', (_, { name, span }) => ({
      message: `"${name}" has no quotes, so GitLab looks for a setting of that name: gitlab-ctl reconfigure stops here.`,
      ...advice(subject, name, span),
    }))(subject, report);
    checkConstants(subject, report);
    checkRoles(subject, report);
  },
};

/** `roles [consul_role]`: the word is a setting, so the loader reads a hash where it wants a text. */
function checkRoles(subject: GitlabRbSubject, report: ReportProblem): void {
  const end = firstSyntaxError(subject);
  for (const { node, doubtful } of subject.scan.calls) {
    if (node.name !== 'roles' || node.receiver !== null) continue;
    const given = node.arguments_?.arguments_ ?? [];
    for (const word of given.flatMap((item) => (item instanceof ruby.ArrayNode ? item.elements : [item]))) {
      if (!(word instanceof ruby.CallNode) || word.receiver !== null || word.arguments_ !== null) continue;
      const span = subject.spanOf(word.location);
      if (!ROLES.has(word.name) || subject.scan.methods.has(word.name) || span.start >= end) continue;
      report({
        span,
        message: `"${word.name}" has no quotes, so GitLab reads the setting of that name, which is no role: gitlab-ctl reconfigure stops here.`,
        remedy: `Write '${word.name}'.`,
        fix: { title: `Write '${word.name}'`, edits: [{ ...span, newText: `'${word.name}'` }] },
        ...(doubtful ? { severity: 'warning' } : {}),
      });
    }
  }
}

/** Constants Ruby itself has, or a library people load. */
const CONSTANTS = new Set(
  `ENV ARGV ARGF STDIN STDOUT STDERR DATA TOPLEVEL_BINDING RUBY_VERSION RUBY_PLATFORM RUBY_ENGINE Array Hash String
  Symbol Integer Float Numeric Rational Complex NilClass TrueClass FalseClass Object BasicObject Module Class Kernel
  Comparable Enumerable Proc Method Range Regexp Struct Time Date DateTime Set Random Math Process File IO Dir Gitlab
  Pathname JSON YAML URI IPAddr Socket Etc OpenSSL Digest Base64 SecureRandom Net Logger Chef Mash`.split(
    /\s+/,
  ),
);

/** `= Localhost`: a word with a capital is a constant, which nobody has defined. */
function checkConstants(subject: GitlabRbSubject, report: ReportProblem): void {
  const end = firstSyntaxError(subject);
  // Code from elsewhere may define any constant.
  if (subject.scan.calls.some(({ node }) => LOADERS.has(node.name) && node.receiver === null)) return;
  for (const { node, part, doubtful, parent } of subject.scan.constants) {
    const span = subject.spanOf(node.location);
    const value =
      parent instanceof ruby.ArgumentsNode ||
      parent instanceof ruby.AssocNode ||
      parent instanceof ruby.ArrayNode;
    if (part !== 'value' || !value || span.start >= end) continue;
    if (CONSTANTS.has(node.name) || subject.scan.methods.has(node.name)) continue;
    report({
      span,
      message: `"${node.name}" has no quotes, so Ruby looks for a constant of that name: gitlab-ctl reconfigure stops here.`,
      ...advice(subject, node.name, span),
      ...(doubtful ? { severity: 'warning' } : {}),
    });
  }
}

const LOADERS = new Set([
  'require',
  'require_relative',
  'load',
  'eval',
  'from_file',
  'instance_eval',
  'include',
]);

export const WRONG_BRACKETS: GitlabRbRule = {
  id: 'GLR010',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: "A key that is not written as ['key']",
  check(subject, report) {
    words('key', unquotedKey)(subject, report);
    words('dash', dashed)(subject, ({ span, ...problem }) => {
      // The words after the dash belong to the first one.
      if (dashedRoot(subject.text, span) !== undefined) report({ ...problem, span });
    });
    checkDots(subject, report);
    checkCapitals(subject, report);
  },
};

function unquotedKey(_: GitlabRbSubject, { name, span }: StrangeWord): Omit<Problem, 'span'> {
  return {
    message: `The key ${name} has no quotes, so GitLab looks for a setting of that name: gitlab-ctl reconfigure stops here.`,
    remedy: `Write ['${name}'].`,
    fix: { title: `Write '${name}'`, edits: [{ ...span, newText: `'${name}'` }] },
  };
}

function dashed(subject: GitlabRbSubject, { span }: StrangeWord): Problem {
  const meant = dashedRoot(subject.text, span);
  const root = meant?.root ?? '';
  return {
    span: meant?.span ?? span,
    message: `Ruby reads the dash as a minus: gitlab-ctl reconfigure stops here.`,
    remedy: `Write ${root} with underscores.`,
    fix: { title: `Write ${root}`, edits: [{ ...(meant?.span ?? span), newText: root }] },
  };
}

/** The known keys that are methods of every hash as well. */
const HASH_METHODS = new Set(['chain']);

/** `gitlab_rails.db_host = 'x'`, and `gitlab_rails.db_host` where it is read. */
function checkDots(subject: GitlabRbSubject, report: ReportProblem): void {
  const end = firstSyntaxError(subject);
  for (const { node, doubtful } of subject.scan.calls) {
    const { receiver, messageLoc, callOperatorLoc } = node;
    if (messageLoc === null || callOperatorLoc === null || !/^[a-z_]\w*=?$/.test(node.name)) continue;
    if (!(receiver instanceof ruby.CallNode) || receiver.receiver !== null || !isRoot(receiver.name))
      continue;
    const key = node.name.replace(/=$/, '');
    if (key === node.name && !readsKey(node, receiver.name)) continue;
    const dot = subject.spanOf(callOperatorLoc);
    const word = subject.spanOf(messageLoc);
    if (word.start >= end) continue;
    const edit = { start: dot.start, end: dot.end + key.length, newText: `['${key}']` };
    report({
      span: { start: dot.start, end: dot.end + key.length },
      message: `Settings have no methods, so .${key} fails: gitlab-ctl reconfigure stops here.`,
      remedy: `Write ${receiver.name}['${key}'].`,
      fix: { title: `Write ${receiver.name}['${key}']`, edits: [edit] },
      ...(doubtful ? { severity: 'warning' } : {}),
    });
  }
}

/** True for a key behind a dot that nobody can take for a method. */
function readsKey({ name, arguments_, block }: ruby.CallNode, root: string): boolean {
  if (arguments_ !== null || block !== null || HASH_METHODS.has(name)) return false;
  return HASH_ROOTS.has(root) && GITLAB_SCHEMA.key(root, [name]) !== undefined;
}

/** `Redis['password'] = 'x'` */
function checkCapitals(subject: GitlabRbSubject, report: ReportProblem): void {
  const end = firstSyntaxError(subject);
  for (const { node, part, doubtful } of subject.scan.constants) {
    const root = node.name.toLowerCase();
    const span = subject.spanOf(node.location);
    if (part !== 'base' || !isRoot(root) || span.start >= end) continue;
    report({
      span,
      message: `${node.name} begins with a capital, so Ruby looks for a constant: gitlab-ctl reconfigure stops here.`,
      remedy: `Write ${root}.`,
      fix: { title: `Write ${root}`, edits: [{ ...span, newText: root }] },
      ...(doubtful ? { severity: 'warning' } : {}),
    });
  }
}
