import type { GitlabRbRule } from '../gitlab-rb-rule';
import { gitalyStorages } from './model';
import { enabled, written } from '../support/read';
import { writtenKeys } from '../support/statements';

const TOPIC = 'Gitaly and Praefect';

const BELOW_ZERO: GitlabRbRule = {
  id: 'GLR148',
  severity: 'warning',
  topic: TOPIC,
  title: 'A number of Gitaly or Praefect is below zero',
  check(subject, report) {
    for (const { root, path, value, info } of writtenKeys(subject)) {
      if ((root !== 'gitaly' && root !== 'praefect') || path[0] !== 'configuration') continue;
      if (value.kind !== 'integer' || value.value >= 0 || info?.types.join() !== 'integer') continue;
      const program = root === 'gitaly' ? 'Gitaly' : 'Praefect';
      const name = path.at(-1) ?? '';
      report({
        span: subject.span(value.range),
        message: `${written(root, path).replaceAll("['[]']", '[…]')} is ${value.value}, and ${program} knows nothing below 0: what was meant is not done.`,
        remedy: `Write a number above 0, or leave ${name} out.`,
      });
    }
  },
};

const RELATIVE_PATH: GitlabRbRule = {
  id: 'GLR149',
  severity: 'warning',
  topic: TOPIC,
  title: 'A storage of Gitaly has no absolute path',
  check(subject, report) {
    if (enabled(subject, 'gitaly') !== true) return;
    for (const { path } of gitalyStorages(subject) ?? []) {
      if (path === undefined || path.value === '' || path.value.startsWith('/')) continue;
      report({
        span: path.span,
        message: `"${path.value}" does not begin with a slash: Gitaly looks for it below the folder it is started in, gitlab-ctl reconfigure makes it below the one it was called in.`,
        remedy: "Write the whole path, such as '/var/opt/gitlab/git-data/repositories'.",
      });
    }
  },
};

/** Rules about values with which Gitaly and Praefect start, and do not do what was meant. */
export const TAKEN_VALUE_RULES: readonly GitlabRbRule[] = [BELOW_ZERO, RELATIVE_PATH];
