/** What a file is to the server: one of the languages, or a compose file that holds one. */
export type FileKind = 'gitlab-rb' | 'haproxy' | 'keepalived' | 'compose';

/** How much of a file is looked at to tell what it is. */
const LOOK = 100_000;

/**
 * The language of a file. Names that say it are enough for HAProxy and Keepalived; Ruby files, and files another
 * extension calls HAProxy because of `.cfg`, must look the part as well.
 * @param path with forward slashes; an address will do
 * @param languageId what the editor takes the file for, if it says
 */
export function fileKind(path: string, languageId: string | undefined, text: string): FileKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isHaproxyPath(path, name)) return 'haproxy';
  if (/^keepalived[^/]*\.conf$/i.test(name)) return 'keepalived';
  if (isComposeName(name)) return text.includes('GITLAB_OMNIBUS_CONFIG') ? 'compose' : undefined;
  if (isGitlabRbPath(path, name)) return looksLikeGitlabRb(name, text) ? 'gitlab-rb' : undefined;
  if (languageId === 'keepalived' || languageId === 'gitlab-rb') return languageId;
  if (languageId !== undefined && /^haproxy\b/i.test(languageId)) {
    return looksLikeHaproxy(text) ? 'haproxy' : undefined;
  }
  return undefined;
}

/** True for names worth opening in a search of a folder; `fileKind` then decides. */
export function mayBeOurs(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    isHaproxyPath(path, name) ||
    /^keepalived[^/]*\.conf$/i.test(name) ||
    isComposeName(name) ||
    isGitlabRbPath(path, name)
  );
}

function isHaproxyPath(path: string, name: string): boolean {
  return /^haproxy[^/]*\.cfg$/i.test(name) || (/(^|\/)haproxy\//i.test(path) && /\.cfg$/i.test(name));
}

function isComposeName(name: string): boolean {
  return /^(docker-)?compose[^/]*\.ya?ml$/i.test(name);
}

function isGitlabRbPath(path: string, name: string): boolean {
  if (!name.endsWith('.rb')) return false;
  if (/^gitlab([._-][^/]*)?\.rb$/i.test(name) || /[._-]gitlab\.rb$/i.test(name)) return true;
  return /(^|\/)gitlab\/[^/]+\.rb$/i.test(path) || /(^|\/)nodes\/[^/]+\/[^/]+\.rb$/i.test(path);
}

/** Rails code has files of the same names: a class or a module is no configuration. */
function looksLikeGitlabRb(name: string, text: string): boolean {
  const head = text.slice(0, LOOK);
  if (/^[ \t]*(class|module)[ \t]+[A-Z]/m.test(head)) return false;
  if (/^gitlab\.rb$/i.test(name)) return !/^[ \t]*(require|require_relative)[ \t(]/m.test(head);
  return /^[ \t]*#?[ \t]*(external_url\b|roles[ \t(]+\[?|[a-z_]+\[['":][a-z_]+['"]?\][^\n=]*=[^=~])/m.test(
    head,
  );
}

function looksLikeHaproxy(text: string): boolean {
  return /^[ \t]*(global|defaults|frontend[ \t]+\S|backend[ \t]+\S|listen[ \t]+\S)/m.test(
    text.slice(0, LOOK),
  );
}
