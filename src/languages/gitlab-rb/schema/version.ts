/** A version of GitLab, as rules compare it. */
export interface GitlabVersion {
  readonly major: number;
  readonly minor: number;
}

/** Version a file is judged for when nothing names one: the newest whose package was read for the rules. */
export const DEFAULT_GITLAB_VERSION: GitlabVersion = { major: 19, minor: 3 };

/** The oldest version that is still met: where nobody says which one runs, nothing is put in that it does not know. */
export const OLDEST_GITLAB_VERSION: GitlabVersion = { major: 16, minor: 0 };

/** Reads `19.3`, `19.3.1-ee.0` or `v19.3`; undefined for anything else. */
export function gitlabVersion(text: string): GitlabVersion | undefined {
  const match = /^v?(\d{1,3})\.(\d{1,3})(?!\d)/.exec(text.trim());
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}

/** True when the version is the other one or a later one, e.g. `isSince(version, '17.6')`. */
export function isSince({ major, minor }: GitlabVersion, other: string): boolean {
  const since = gitlabVersion(other);
  return since !== undefined && (major > since.major || (major === since.major && minor >= since.minor));
}

/**
 * The grammar of the Ruby in GitLab's package: up to 19.3 it brings Ruby 3.0 to 3.3 (`config/software/ruby.rb`, later
 * `config/software_versions.yml` in the package's sources, which name 3.4 as the next).
 */
export function rubyOf(version: GitlabVersion): '3.3' | '3.4' {
  const { major, minor } = DEFAULT_GITLAB_VERSION;
  return isSince(version, `${major}.${minor + 1}`) ? '3.4' : '3.3';
}
