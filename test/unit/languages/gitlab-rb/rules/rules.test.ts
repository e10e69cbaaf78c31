import { GITLAB_RB_CATALOGUE } from '../../../../../src/workspace/catalogue';
import { lintGitlabRb } from '../../../../../src/languages/gitlab-rb/lint';
import { readGitlabRb } from '../../../../../src/languages/gitlab-rb/subject';
import { loadParser } from '../../../../../tools/fuzz/parser';
import { describePages } from '../../core/rules/rule-pages';

const parser = await loadParser();

describePages({
  prefix: 'GLR',
  fence: 'ruby',
  rules: GITLAB_RB_CATALOGUE,
  lint: ({ text, version }) => lintGitlabRb(readGitlabRb(parser, text, 'gitlab.rb', version), 'gitlab.rb'),
});
