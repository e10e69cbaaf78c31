import type { FileKind } from '../../languages/file-types';
import { LANGUAGES, loadLanguage, type LanguageId } from '../../languages/registry/languages';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import type { ViewReader } from './file-view';
import { viewReader } from './view-reader';

/** Languages whose files tell a workspace something; of any other a file is checked by itself. */
const WITH_FACTS: Readonly<
  Partial<Record<LanguageId, (loadRubyParser: RubyParserLoader) => Promise<ViewReader>>>
> = {
  'gitlab-rb': gitlabRbReader,
  haproxy: haproxyReader,
  keepalived: keepalivedReader,
  cluster: clusterReader,
};

/** Gives the reader of a kind of file; a language is loaded with its first file. */
export function createReaders(loadRubyParser: RubyParserLoader): (kind: FileKind) => Promise<ViewReader> {
  const loaded = new Map<FileKind, Promise<ViewReader>>();
  const load = async (kind: FileKind): Promise<ViewReader> => {
    if (kind === 'compose') {
      const { composeReader } = await import('./compose-view');
      return composeReader(await reader('gitlab-rb'));
    }
    const withFacts = WITH_FACTS[kind];
    if (withFacts !== undefined) return withFacts(loadRubyParser);
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

async function haproxyReader(): Promise<ViewReader> {
  const [language, { haproxyComments }, { proxyFileFacts }, { spokenPools }] = await Promise.all([
    LANGUAGES.haproxy(),
    import('../../languages/haproxy/syntax/comments'),
    import('../../workspace/facts/proxy-facts'),
    import('../../workspace/proxies/spoken'),
  ]);
  return viewReader(language, (subject) => {
    const { document } = subject;
    const spoken = spokenPools(document, () => subject.proxies);
    return proxyFileFacts(document, haproxyComments(document), spoken);
  });
}

async function keepalivedReader(): Promise<ViewReader> {
  const [language, { keepalivedComments }, { proxyFileFacts }] = await Promise.all([
    LANGUAGES.keepalived(),
    import('../../languages/keepalived/syntax/comments'),
    import('../../workspace/facts/proxy-facts'),
  ]);
  return viewReader(language, ({ document }) => proxyFileFacts(document, keepalivedComments(document)));
}

async function clusterReader(): Promise<ViewReader> {
  const [language, { clusterFacts }] = await Promise.all([
    LANGUAGES.cluster(),
    import('../../workspace/facts/cluster-facts'),
  ]);
  return viewReader(language, clusterFacts);
}

async function gitlabRbReader(loadRubyParser: RubyParserLoader): Promise<ViewReader> {
  const [language, { rubyFacts }] = await Promise.all([
    LANGUAGES['gitlab-rb'](loadRubyParser),
    import('../../workspace/facts/ruby-facts'),
  ]);
  return viewReader(language, rubyFacts);
}
