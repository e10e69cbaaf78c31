import type { IncludedFiles } from '../../languages/gitlab-rb/evaluate/included-files';

/**
 * The files that a gitlab.rb of a workspace reads with `from_file`; undefined when it names none.
 * @param path of the gitlab.rb, relative to the workspace
 * @param read gives the text of a file by its path relative to the workspace; undefined when there is none
 */
export async function includedBeside(
  path: string,
  text: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<IncludedFiles | undefined> {
  if (!path.endsWith('/gitlab.rb') || !text.includes('from_file')) return undefined;
  const { includedFiles } = await import('../../languages/gitlab-rb/evaluate/included-files');
  const folder = path.slice(0, path.lastIndexOf('/'));
  return includedFiles(text, (beside) => read(`${folder}/${beside}`));
}
