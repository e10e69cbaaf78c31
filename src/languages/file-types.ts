/** What a file is written in, by its name and folder. */
export type FileLanguage = 'gitlab-rb' | 'haproxy' | 'keepalived' | 'cluster';

/** A line that sets something of GitLab's package: tells its file from the many other Ruby files. */
const SETTING =
  /^\s*(?:(?:gitlab_rails|gitaly|praefect|patroni|postgresql|pgbouncer|consul|redis|sentinel|nginx|puma|sidekiq|prometheus|registry|gitlab_workhorse)\[|(?:external_url|registry_external_url|git_data_dirs)[\s(]|roles\s*[([%])/m;

/**
 * Language of a file by its path (forward slashes); undefined for files of no concern. A `.rb` file counts as
 * gitlab.rb by its name, or, in a folder for GitLab's configuration or with `gitlab` in its name, when its text sets
 * something of GitLab's package: such folders hold other Ruby files as well.
 * @param text what the file holds; without it only sure names count
 */
export function fileLanguage(path: string, text?: string): FileLanguage | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^cluster\.ya?ml$/.test(name)) return 'cluster';
  if (/^haproxy.*\.cfg$/.test(name) || (/(^|\/)haproxy\//.test(path) && name.endsWith('.cfg')))
    return 'haproxy';
  if (/^keepalived.*\.conf$/.test(name)) return 'keepalived';
  if (name === 'gitlab.rb') return 'gitlab-rb';
  if (!mayBeGitlabRb(path, name)) return undefined;
  return text !== undefined && SETTING.test(text) ? 'gitlab-rb' : undefined;
}

/** True for Ruby files whose text must be looked at. */
export function mayBeGitlabRb(path: string, name = path.slice(path.lastIndexOf('/') + 1)): boolean {
  if (!/\.rb(\.\w+)?$/.test(name)) return false;
  return /gitlab[^/]*$/.test(name) || /(^|\/)(gitlab|omnibus|nodes\/[^/]+)\/[^/]+$/.test(path);
}
