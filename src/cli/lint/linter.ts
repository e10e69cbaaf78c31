import type { Finding } from '../../finding/finding';
import type { Target } from '../../languages/core/language/language';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import { createReaders } from '../../server/documents/readers';
import type { ConfigurationSet } from '../../workspace/sets/configuration-set';
import type { LintFile } from './find-files';

/** Checks a text of one file. */
export type TextLinter = (text: string) => readonly Finding[];

/** Makes the checks of files, the same as the language server's. */
export function createLinters(
  loadParser: RubyParserLoader,
): (
  file: Pick<LintFile, 'path' | 'kind'>,
  versions: Omit<Target, 'path'>,
  set?: ConfigurationSet,
) => Promise<TextLinter> {
  const readers = createReaders(loadParser);
  return async ({ path, kind }, versions, set) => {
    const read = await readers(kind);
    return (text) => read(text, { path, ...versions }, set).findings({});
  };
}
