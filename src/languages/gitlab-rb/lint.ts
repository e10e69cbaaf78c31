import type { Finding } from '../../finding/finding';
import { positionAt } from '../../finding/text-lines';
import type { Severities } from '../core/language/language';
import { runRules } from '../core/rules/run-rules';
import type { Comment } from '../core/rules/suppression';
import { GITLAB_RB_RULES, LINE_RULES } from './rules';
import { understood } from './rules/support/understood';
import type { GitlabRbSubject } from './subject';

/** Id of the hint for a suppression that silences nothing. */
const UNUSED_ID = 'GLR000';

/** What speaks of the text itself, and holds also where the syntax is broken. */
const OF_THE_TEXT: ReadonlySet<string> = new Set(['GLR011', 'GLR012', 'GLR025']);

/**
 * Checks a read gitlab.rb. Pure; never throws; findings are sorted by place. GitLab reads nothing of a file with a syntax
 * error, and what was read of it here may be something else: then only what is wrong with single lines is said, and of
 * spoilt lines nothing but that.
 */
export function lintGitlabRb(subject: GitlabRbSubject, path: string, severities: Severities = {}): Finding[] {
  const { lines } = subject.index;
  const { damaged } = subject.config;
  const whole = damaged.length === 0;
  const findings = runRules(subject, whole ? GITLAB_RB_RULES : LINE_RULES, {
    path,
    comments: gitlabRbComments(subject),
    unusedId: UNUSED_ID,
    range: ({ start, end }) => ({ start: positionAt(lines, start), end: positionAt(lines, end) }),
    // A suppression may be for one of the rules that are left out.
    severities: whole ? severities : { ...severities, [UNUSED_ID]: 'off' },
  });
  const sure = findings.map((finding) => understood(finding, subject));
  if (whole) return sure;
  return sure.filter(({ code, range }) => {
    const { line } = range.start;
    return OF_THE_TEXT.has(code) || !damaged.some(({ first, last }) => first <= line && line <= last);
  });
}

/**
 * What keeps GitLab from reading the file at all; none for one it reads. The same findings as among all, but comments
 * silence none of them: whoever needs the settings must know that there are none.
 */
export function loadFaults(subject: GitlabRbSubject, path: string): Finding[] {
  if (subject.evaluated.findings.length === 0) return [];
  const { lines } = subject.index;
  return runRules(
    subject,
    LINE_RULES.filter(({ id }) => OF_THE_TEXT.has(id)),
    {
      path,
      comments: [],
      unusedId: UNUSED_ID,
      range: ({ start, end }) => ({ start: positionAt(lines, start), end: positionAt(lines, end) }),
    },
  );
}

/** The comments of a file, which may silence rules. */
export function* gitlabRbComments({ parsed, index, text }: GitlabRbSubject): Generator<Comment> {
  for (const { location } of parsed?.comments ?? []) {
    const start = index.utf16Offset(location.startOffset);
    const end = index.utf16Offset(location.startOffset + location.length);
    const { line } = positionAt(index.lines, start);
    const alone = text.slice(index.lines.starts[line] ?? 0, start).trim() === '';
    yield { start, end, text: text.slice(start, end), line, alone };
  }
}
