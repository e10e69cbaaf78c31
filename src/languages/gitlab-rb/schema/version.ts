/** A version of GitLab, as rules compare it. */
export interface GitlabVersion {
  readonly major: number;
  readonly minor: number;
}

/** Version a file is judged for when nothing names one: the newest whose package was read for the rules. */
export const DEFAULT_GITLAB_VERSION: GitlabVersion = { major: 19, minor: 3 };

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
