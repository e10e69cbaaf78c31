import {
  fileLanguage,
  isKeepalivedMain,
  looksLikeCluster,
  looksLikeKeepalived,
  namedKind,
  type FileKind,
} from '../../languages/file-types';

/** How much of a file is looked at to tell what it is. */
const LOOK = 100_000;

/**
 * What a file is. Names that say it are enough for HAProxy and Keepalived; Ruby files, descriptions of clusters, and
 * files another extension calls HAProxy because of `.cfg` or `.conf`, must look the part as well. A text without such a
 * name, one not saved yet above all, is what the user says it is.
 * @param path with forward slashes
 * @param languageId what the editor takes the file for, if it says
 */
export function fileKind(path: string, languageId: string | undefined, text: string): FileKind | undefined {
  if (namedKind(path) === 'compose') return text.includes('GITLAB_OMNIBUS_CONFIG') ? 'compose' : undefined;
  const head = text.slice(0, LOOK);
  const language = fileLanguage(path, head);
  if (language === 'cluster') return looksLikeCluster(head) ? language : undefined;
  if (language === 'gitlab-rb') return path.endsWith('.rb') && !isCode(head) ? language : undefined;
  if (language === 'keepalived' && !isKeepalivedMain(path) && languageId !== 'keepalived')
    return looksLikeKeepalived(head) ? language : undefined;
  if (language !== undefined) return language;
  if (languageId === 'keepalived' || languageId === 'gitlab-rb') return languageId;
  if (languageId !== 'haproxy') return undefined;
  return !/\.(cfg|conf)$/i.test(path) || looksLikeHaproxy(head) ? 'haproxy' : undefined;
}

/** True for names worth opening in a search of a folder; `fileKind` then decides. */
export function mayBeOurs(path: string): boolean {
  return namedKind(path) !== undefined;
}

/** Programs have files of the same names: a class or a module is no configuration. */
function isCode(head: string): boolean {
  return /^[ \t]*(class|module)[ \t]+[A-Z]/m.test(head);
}

function looksLikeHaproxy(head: string): boolean {
  return /^[ \t]*(global|defaults|frontend[ \t]+\S|backend[ \t]+\S|listen[ \t]+\S)/m.test(head);
}
