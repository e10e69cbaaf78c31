import { GITLAB_RB_CATALOGUE } from '../../../../src/config/catalogue';
import { lintGitlabRb } from '../../../../src/config/gitlab-rb/lint';
import { readGitlabRb } from '../../../../src/config/gitlab-rb/subject';
import { loadParser } from '../parser';
import { describePages } from '../rules/rule-pages';

const parser = await loadParser();

describePages({
  prefix: 'GLR',
  fence: 'ruby',
  rules: GITLAB_RB_CATALOGUE,
  lint: ({ text, version }) => lintGitlabRb(readGitlabRb(parser, text, 'gitlab.rb', version), 'gitlab.rb'),
});
