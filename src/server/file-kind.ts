import { fileLanguage, mayBeGitlabRb } from '../languages/file-types';
import type { LanguageId } from '../languages/registry/languages';

/** What a file is to the server: one of the languages, or a compose file that holds one. */
export type FileKind = LanguageId | 'compose';

/** How much of a file is looked at to tell what it is. */
const LOOK = 100_000;

/**
 * What a file is. Names that say it are enough for HAProxy and Keepalived; Ruby files, and files another extension
 * calls HAProxy because of `.cfg` or `.conf`, must look the part as well. A text without such a name, one not saved yet
 * above all, is what the user says it is.
 * @param path with forward slashes
 * @param languageId what the editor takes the file for, if it says
 */
export function fileKind(path: string, languageId: string | undefined, text: string): FileKind | undefined {
  if (isCompose(path)) return text.includes('GITLAB_OMNIBUS_CONFIG') ? 'compose' : undefined;
  const head = text.slice(0, LOOK);
  const language = fileLanguage(path, head);
  if (language === 'haproxy' || language === 'keepalived') return language;
  if (language === 'gitlab-rb') return path.endsWith('.rb') && !isCode(head) ? language : undefined;
  if (languageId === 'keepalived' || languageId === 'gitlab-rb') return languageId;
  if (languageId !== 'haproxy') return undefined;
  return !/\.(cfg|conf)$/i.test(path) || looksLikeHaproxy(head) ? 'haproxy' : undefined;
}

/** True for names worth opening in a search of a folder; `fileKind` then decides. */
export function mayBeOurs(path: string): boolean {
  if (isCompose(path) || (path.endsWith('.rb') && mayBeGitlabRb(path))) return true;
  const language = fileLanguage(path);
  return language !== undefined && language !== 'cluster';
}

function isCompose(path: string): boolean {
  return /(^|\/)(docker-)?compose[^/]*\.ya?ml$/i.test(path);
}

/** Programs have files of the same names: a class or a module is no configuration. */
function isCode(head: string): boolean {
  return /^[ \t]*(class|module)[ \t]+[A-Z]/m.test(head);
}

function looksLikeHaproxy(head: string): boolean {
  return /^[ \t]*(global|defaults|frontend[ \t]+\S|backend[ \t]+\S|listen[ \t]+\S)/m.test(head);
}
