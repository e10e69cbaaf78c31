import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import { readGitlabRb } from '../../languages/gitlab-rb/subject';
import type { WorkspaceSpec } from '../../workspace/workspace';
import type { RunningNodes } from '../plan/effects/cluster-effects';
import { secretValues } from '../plan/secret-values';
import { PATHS } from '../render';

/**
 * What is secret in the gitlab.rb of a workspace and in those that its running nodes go by: a diff shows what goes as well
 * as what comes.
 */
export async function hiddenTexts(
  { nodes }: Pick<WorkspaceSpec, 'nodes'>,
  { inForce }: Pick<RunningNodes, 'inForce'>,
  loadRubyParser: RubyParserLoader,
): Promise<readonly string[]> {
  const files = nodes.flatMap(({ gitlabRb }) => (gitlabRb ? [gitlabRb] : []));
  const versions = [...inForce.values()].flatMap((one) => one.versions);
  const texts = new Set(versions.flatMap((version) => version[PATHS.gitlabRb] ?? []));
  for (const { text } of files) texts.delete(text);
  const former = texts.size > 0 ? await configsOf([...texts], loadRubyParser) : [];
  const configs = [...files.map(({ config }) => config), ...former];
  return [...new Set(configs.flatMap((config) => secretValues(config)))];
}

async function configsOf(
  texts: readonly string[],
  loadRubyParser: RubyParserLoader,
): Promise<readonly EvaluatedConfig[]> {
  const parser = await loadRubyParser();
  return texts.map((text) => readGitlabRb(parser, text, PATHS.gitlabRb).evaluated);
}
