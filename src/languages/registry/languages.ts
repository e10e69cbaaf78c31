import type { Language } from '../core/language/language';
import type { RubyParserLoader } from '../gitlab-rb/ruby/ruby-parser';

/** Loads one language's code; until then it costs nothing. */
type LoadLanguage<Id extends string = string> = (
  loadRubyParser: RubyParserLoader,
) => Promise<Language<unknown, Id>>;

/**
 * Every language by its id: what the server, the command line and the tools read to know which there are.
 * docs/architecture.md says what else an added language needs.
 */
export const LANGUAGES = {
  'gitlab-rb': async (loadRubyParser: RubyParserLoader) => {
    const [{ gitlabRbLanguage }, parser] = await Promise.all([
      import('../gitlab-rb/language'),
      loadRubyParser(),
    ]);
    return gitlabRbLanguage(parser);
  },
  haproxy: async () => (await import('../haproxy/language')).HAPROXY_LANGUAGE,
  keepalived: async () => (await import('../keepalived/language')).KEEPALIVED_LANGUAGE,
  cluster: async () => (await import('../cluster-yaml/language')).CLUSTER_YAML_LANGUAGE,
} satisfies Readonly<Record<string, LoadLanguage>>;

export type LanguageId = keyof typeof LANGUAGES;

/** The ids of all languages. */
export const LANGUAGE_IDS = Object.keys(LANGUAGES) as readonly LanguageId[];

/** Loads a language by its id, whichever it is. */
export function loadLanguage(
  id: LanguageId,
  loadRubyParser: RubyParserLoader,
): Promise<Language<unknown, LanguageId>> {
  const load: LoadLanguage<LanguageId> = LANGUAGES[id];
  return load(loadRubyParser);
}
