import type { LanguageId } from './registry/languages';

/** What a file is to the editor: one of the languages, or a compose file that holds one. */
export type FileKind = LanguageId | 'compose';

/** One kind of file: how to tell it by its path. */
interface FileType {
  readonly kind: FileKind;
  /** Globs of paths with forward slashes, as editors take them. */
  readonly globs: readonly string[];
  /** VS Code's id of the language, where it is one of our own. */
  readonly editorId?: string;
  /** True when a folder with such a file is reason enough to start, before one is opened. */
  readonly activates?: boolean;
}

/**
 * Which files are ours: the one place that says it. Selectors of documents, watchers of the disk, the search of a folder
 * and package.json follow, the last by a test. Names decide for HAProxy and Keepalived; the other kinds must look the part
 * as well, because other people's files have such names, too.
 */
export const FILE_TYPES: readonly FileType[] = [
  {
    kind: 'haproxy',
    editorId: 'haproxy',
    globs: ['**/haproxy*.cfg', '**/haproxy/**/*.cfg'],
    activates: true,
  },
  {
    kind: 'keepalived',
    editorId: 'keepalived',
    globs: ['**/keepalived*.conf', '**/keepalived/**/*.conf'],
    activates: true,
  },
  { kind: 'cluster', globs: ['**/cluster.{yaml,yml}'] },
  { kind: 'gitlab-rb', globs: ['**/*gitlab*.rb', '**/gitlab/*.rb', '**/omnibus/*.rb', '**/nodes/*/*.rb'] },
  { kind: 'compose', globs: ['**/{docker-,}compose*.{yml,yaml}'] },
];

/** Globs of all kinds, or of those that `wanted` takes. */
export function globsOf(wanted: (type: FileType) => boolean = () => true): readonly string[] {
  return FILE_TYPES.filter(wanted).flatMap(({ globs }) => globs);
}

const MATCHERS = FILE_TYPES.map(({ kind, globs }) => ({ kind, patterns: globs.map(globPattern) }));

/** The kind a path (forward slashes) is named like; undefined for files of no concern. */
export function namedKind(path: string): FileKind | undefined {
  // Globs begin with a folder.
  const whole = `/${path}`;
  return MATCHERS.find(({ patterns }) => patterns.some((pattern) => pattern.test(whole)))?.kind;
}

/** The few signs of globs that the table uses: `**` + `/`, `*` and `{one,other}`. */
function globPattern(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*|\{([^}]*)\}|[.+^$()|[\]\\]/g, (sign, words: string | undefined) => {
    if (sign === '**/') return '(?:.*/)?';
    if (sign === '*') return '[^/]*';
    return words === undefined ? `\\${sign}` : `(?:${words.split(',').join('|')})`;
  });
  return new RegExp(`^/?${source}$`);
}

/** Blocks only a Keepalived configuration has at its margin. */
const KEEPALIVED_BLOCK =
  /^[ \t]*(?:vrrp_|virtual_server|global_defs|static_(?:ipaddress|routes|rules)|track_file|bfd_instance)/m;

/** A line that sets something of GitLab's package: tells its file from the many other Ruby files. */
const SETTING =
  /^\s*(?:(?:gitlab_rails|gitaly|praefect|patroni|postgresql|pgbouncer|consul|redis|sentinel|nginx|puma|sidekiq|prometheus|registry|gitlab_workhorse)\[|(?:external_url|registry_external_url|git_data_dirs)[\s(]|roles\s*[([%])/m;

/** Keys that only a description of a cluster has at the margin. */
const CLUSTER_KEY = /^(?:gitlab_version|haproxy_version|dcs|network|nodes|layers)[ \t]*:/m;
/** Other programs call their resources' files cluster.yaml as well. */
const OTHER_CLUSTER = /^(?:apiVersion|kind)[ \t]*:/m;

/**
 * Language of a file by its path (forward slashes); undefined for files of no concern. A `.rb` file counts as
 * gitlab.rb by its name, or, in a folder for GitLab's configuration or with `gitlab` in its name, when its text sets
 * something of GitLab's package: such folders hold other Ruby files as well.
 * @param text what the file holds; without it only sure names count
 */
export function fileLanguage(path: string, text?: string): LanguageId | undefined {
  // Of templates the ending of the template counts for nothing.
  const kind = namedKind(path.replace(/\.rb\.\w+$/, '.rb'));
  if (kind === 'compose') return undefined;
  if (kind !== 'gitlab-rb' || /(^|\/)gitlab\.rb$/.test(path)) return kind;
  return text !== undefined && SETTING.test(text) ? kind : undefined;
}

/** True when a text may be the description of a cluster: most slips leave one of its keys. */
export function looksLikeCluster(text: string): boolean {
  return CLUSTER_KEY.test(text) && !OTHER_CLUSTER.test(text);
}

/** True for a file that Keepalived is started with, by its name; others in its folder are included by one. */
export function isKeepalivedMain(path: string): boolean {
  return /(?:^|\/)keepalived[^/]*\.conf$/.test(path);
}

/** True when a text in Keepalived's folder is a part of its configuration: other programs have files there, too. */
export function looksLikeKeepalived(text: string): boolean {
  return KEEPALIVED_BLOCK.test(text);
}
