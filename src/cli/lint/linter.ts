import { readClusterYaml } from '../../cluster/cluster-yaml';
import type { Finding } from '../../cluster/finding';
import { lintGitlabRb } from '../../config/gitlab-rb/lint';
import type { RubyParserLoader } from '../../config/gitlab-rb/ruby-parser';
import { readGitlabRb } from '../../config/gitlab-rb/subject';
import { lintHaproxy } from '../../config/haproxy/lint';
import { lintKeepalived } from '../../config/keepalived/lint';
import type { LintFile } from './find-files';
import type { Versions } from './target';

/** Checks a text of one file. */
export type TextLinter = (text: string) => Finding[];

/** The check for a file of its language and for these versions. */
export async function linterFor(
  { path, language }: Pick<LintFile, 'path' | 'language'>,
  versions: Versions,
  loadParser: RubyParserLoader,
): Promise<TextLinter> {
  switch (language) {
    case 'cluster':
      return (text) => [...readClusterYaml(text, path).findings];
    case 'haproxy':
      return (text) => lintHaproxy(text, { version: versions.haproxy ?? '', path });
    case 'keepalived':
      return (text) => lintKeepalived(text, { path });
    case 'gitlab-rb': {
      const parser = await loadParser();
      return (text) => lintGitlabRb(readGitlabRb(parser, text, path, versions.gitlab), path);
    }
  }
}
