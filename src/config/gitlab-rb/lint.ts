import type { Finding } from '../../cluster/finding';
import { positionAt } from '../../cluster/text-lines';
import type { Severities } from '../language/language';
import { runRules } from '../rules/run-rules';
import type { Comment } from '../rules/suppression';
import { GITLAB_RB_RULES } from './rules';
import type { GitlabRbSubject } from './subject';

/** Id of the hint for a suppression that silences nothing. */
const UNUSED_ID = 'GLR000';

/** Checks a read gitlab.rb. Pure; never throws; findings are sorted by place. */
export function lintGitlabRb(subject: GitlabRbSubject, path: string, severities?: Severities): Finding[] {
  const { lines } = subject.index;
  return runRules(subject, GITLAB_RB_RULES, {
    path,
    comments: comments(subject),
    unusedId: UNUSED_ID,
    range: ({ start, end }) => ({ start: positionAt(lines, start), end: positionAt(lines, end) }),
    ...(severities === undefined ? {} : { severities }),
  });
}

function* comments({ parsed, index, text }: GitlabRbSubject): Generator<Comment> {
  for (const { location } of parsed?.comments ?? []) {
    const start = index.utf16Offset(location.startOffset);
    const end = index.utf16Offset(location.startOffset + location.length);
    const { line } = positionAt(index.lines, start);
    const alone = text.slice(index.lines.starts[line] ?? 0, start).trim() === '';
    yield { start, end, text: text.slice(start, end), line, alone };
  }
}
