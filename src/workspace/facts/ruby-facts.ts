import { readSuppressions } from '../../languages/core/rules/suppression';
import { gitlabRbComments, loadFaults } from '../../languages/gitlab-rb/lint';
import { monitoringList } from '../../languages/gitlab-rb/rules/access/monitoring-list';
import type { GitlabRbSubject } from '../../languages/gitlab-rb/subject';
import type { RubyFacts } from './facts';

/** The facts of a gitlab.rb. @param path as findings shall name it */
export function rubyFacts(subject: GitlabRbSubject, path: string): RubyFacts {
  return {
    kind: 'gitlab-rb',
    config: subject.evaluated,
    monitoring: monitoringList(subject),
    faults: loadFaults(subject, path),
    suppressions: readSuppressions(gitlabRbComments(subject)),
  };
}
