import type { RubyParserLoader } from '../languages/gitlab-rb/ruby/ruby-parser';
import { LANGUAGES, loadLanguage } from '../languages/registry/languages';
import type { FileKind } from './file-kind';
import { viewReader, type ViewReader } from './file-view';

/** Gives the reader of a kind of file; a language is loaded with its first file. */
export function createReaders(loadRubyParser: RubyParserLoader): (kind: FileKind) => Promise<ViewReader> {
  const loaded = new Map<FileKind, Promise<ViewReader>>();
  const load = async (kind: FileKind): Promise<ViewReader> => {
    if (kind === 'compose') {
      const { composeReader } = await import('./compose-view');
      return composeReader(await reader('gitlab-rb'));
    }
    if (kind === 'gitlab-rb') {
      return viewReader(await LANGUAGES[kind](loadRubyParser), (subject) => subject.config.tree);
    }
    return viewReader(await loadLanguage(kind, loadRubyParser));
  };
  const reader = (kind: FileKind): Promise<ViewReader> => {
    const known = loaded.get(kind);
    if (known !== undefined) return known;
    const loading = load(kind);
    loaded.set(kind, loading);
    // What failed once may work later: the file of the parser may be restored.
    loading.catch(() => loaded.delete(kind));
    return loading;
  };
  return reader;
}
