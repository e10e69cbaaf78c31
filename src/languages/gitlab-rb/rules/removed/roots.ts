import type { GitlabRbSubject } from '../../subject';
import { GITLAB_SCHEMA } from '../../schema';
import { DEFAULT_GITLAB_VERSION, isSince } from '../../schema/version';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { removedRoot, tooNew } from '../support/root-history';
import { written } from '../support/read';
import { writtenKeys } from '../support/statements';
import { REMOVED_TOPIC } from '../support/topics';
import { strangeWords } from '../support/words';

export const REMOVED_ROOT: GitlabRbRule = {
  id: 'GLR032',
  severity: 'error',
  topic: REMOVED_TOPIC,
  title: 'A service the package no longer has',
  check(subject, report) {
    for (const { kind, name, span, doubtful } of strangeWords(subject)) {
      const removed = removedRoot(name);
      if (kind !== 'removed' || removed === undefined) continue;
      report({
        span,
        message: `GitLab knows no ${name} since version ${removed.goneSince}: gitlab-ctl reconfigure stops here.`,
        remedy: removed.instead,
        ...(doubtful ? { severity: 'warning' } : {}),
      });
    }
  },
};

export const TOO_NEW: GitlabRbRule = {
  id: 'GLR034',
  severity: 'warning',
  topic: REMOVED_TOPIC,
  title: 'A setting that this version does not know yet',
  check(subject, report) {
    const { version } = subject;
    if (version.major === DEFAULT_GITLAB_VERSION.major && version.minor === DEFAULT_GITLAB_VERSION.minor)
      return;
    const said = `${version.major}.${version.minor}`;
    checkRoots(subject, said, report);
    for (const { root, path, span, direct, statement } of writtenKeys(subject)) {
      const since = sinceOf(root, path);
      if (since === undefined || isSince(version, since) || tooNew(root, version) !== undefined) continue;
      // The key above says it already.
      const above = sinceOf(root, path.slice(0, -1));
      if (
        above !== undefined &&
        !isSince(version, above) &&
        !(direct && statement.path.length === path.length)
      )
        continue;
      report({
        span,
        message: `${written(root, path)} came with GitLab ${since}; ${said} takes the line in silence, and it has no effect.`,
        remedy: `Leave it out until the machines run ${since}.`,
      });
    }
  },
};

function sinceOf(root: string, path: readonly string[]): string | undefined {
  return GITLAB_SCHEMA.key(root, path)?.since;
}

/** First words the version refuses. */
function checkRoots(
  subject: GitlabRbSubject,
  said: string,
  report: Parameters<GitlabRbRule['check']>[1],
): void {
  const reported = new Set<string>();
  for (const { root, targetRange } of subject.config.assignments) {
    const since = tooNew(root, subject.version);
    if (since === undefined) continue;
    const span = subject.span(targetRange);
    const start = span.start;
    const id = `${root} ${start}`;
    if (reported.has(id)) continue;
    reported.add(id);
    report({
      span: { start, end: start + root.length },
      message: `GitLab knows ${root} since version ${since}; ${said} stops gitlab-ctl reconfigure here.`,
      remedy: `Leave it out until the machines run ${since}.`,
      severity: 'error',
    });
  }
}
