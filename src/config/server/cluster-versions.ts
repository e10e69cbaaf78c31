import { isMap, isScalar, parseDocument } from 'yaml';

/** The versions a cluster.yaml names. */
export interface ClusterVersions {
  readonly gitlabVersion?: string;
  readonly haproxyVersion?: string;
}

/** Reads the versions out of a cluster.yaml, also out of one that is wrong elsewhere. Never throws. */
export function readClusterVersions(text: string): ClusterVersions {
  const { contents } = parseDocument(text, { logLevel: 'silent' });
  if (!isMap(contents)) return {};
  const version = (key: string): string | undefined => {
    const value: unknown = contents.get(key, true);
    if (!isScalar(value)) return undefined;
    // As written, so that 19.10 does not become 19.1.
    const written = (value.source ?? String(value.value)).trim();
    return /^\d{1,3}\.\d{1,3}$/.test(written) ? written : undefined;
  };
  const gitlabVersion = version('gitlab_version');
  const haproxyVersion = version('haproxy_version');
  return {
    ...(gitlabVersion === undefined ? {} : { gitlabVersion }),
    ...(haproxyVersion === undefined ? {} : { haproxyVersion }),
  };
}
