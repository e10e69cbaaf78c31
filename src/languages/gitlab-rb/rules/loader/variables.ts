import * as ruby from '@ruby/prism/src/nodes.js';
import type { Problem, Span } from '../../../core/rules/rule';
import { CALLED_ROOTS, isRoot } from '../../schema/roots';
import type { Seen } from '../../ruby/ruby-scan';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { unlessSetElsewhere } from '../support/set-elsewhere';
import { LOADER_TOPIC } from '../support/topics';

export const CALLED_WITH_EQUALS: GitlabRbRule = {
  id: 'GLR002',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A setting that takes no "=" is assigned',
  check(subject, report) {
    const { shadowed } = subject.config;
    for (const { name, range } of shadowed) {
      if (!CALLED_ROOTS.has(name)) continue;
      const span = subject.span(range);
      const several = shadowed.filter((other) => other.name === name).length > 1;
      const problem = {
        span,
        message: `"${name} =" makes a variable of Ruby; the setting ${name} keeps its default.`,
        remedy: `Leave out the "=": ${name} followed by the value.`,
        // Which of several values is meant is not known.
        ...(several ? {} : withoutEquals(subject, name, span)),
      };
      report(unlessSetElsewhere(subject, problem));
    }
  },
};

/** Without the "=" the line is a call, unless the value begins with a sign that would then mean something else. */
function withoutEquals({ text }: GitlabRbSubject, name: string, span: Span): Pick<Problem, 'fix'> {
  const match = /^[ \t]*=[ \t]*(?=["'[\w%:])/.exec(text.slice(span.end, span.end + 80));
  if (match === null) return {};
  const edit = { start: span.end, end: span.end + match[0].length, newText: ' ' };
  return { fix: { title: `Write ${name} without "="`, edits: [edit] } };
}

export const ROOT_ASSIGNED: GitlabRbRule = {
  id: 'GLR003',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A whole service is assigned to a variable',
  check(subject, report) {
    for (const { name, range } of subject.config.shadowed) {
      if (CALLED_ROOTS.has(name)) continue;
      const message = `"${name} =" makes a variable of Ruby: these settings, and every later ${name}[...], go to it and not to GitLab.`;
      const remedy = `Write each setting as ${name}['key'] = value.`;
      report({ span: subject.span(range), message, remedy });
    }
    const names = new Set(subject.config.shadowed.map(({ name }) => name));
    if (names.size > 0) for (const seen of subject.scan.calls) checkLater(subject, names, seen, report);
  },
};

/** `redis['port'] = 1` after `redis = {}` */
function checkLater(
  subject: GitlabRbSubject,
  names: ReadonlySet<string>,
  { node }: Seen<ruby.CallNode>,
  report: (problem: Problem) => void,
): void {
  if (node.name !== '[]=') return;
  let base = node.receiver;
  while (base instanceof ruby.CallNode && base.name === '[]') base = base.receiver;
  if (!(base instanceof ruby.LocalVariableReadNode) || !isRoot(base.name)) return;
  // Only a variable of that name that the file itself assigns; a block's parameter is the reader's own.
  if (!names.has(base.name)) return;
  report({
    span: subject.spanOf(base.location),
    message: `${base.name} is a variable here, because it was assigned above: GitLab does not see this setting.`,
    remedy: `Remove the assignment of ${base.name} above.`,
  });
}
