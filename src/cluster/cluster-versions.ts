import { isMap, isScalar, parseDocument } from 'yaml';

/** The versions a cluster.yaml names. */
export interface ClusterVersions {
  readonly gitlabVersion?: string;
  readonly haproxyVersion?: string;
}

/** A cluster.yaml has a page; what is larger is something else and would only cost time. */
export const LARGEST_CLUSTER_FILE = 256 * 1024;

/** Reads the versions out of a cluster.yaml, also out of one that is wrong elsewhere. Never throws. */
export function readClusterVersions(text: string): ClusterVersions {
  const contents = contentsOf(text);
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

function contentsOf(text: string): unknown {
  if (text.length > LARGEST_CLUSTER_FILE) return undefined;
  try {
    return parseDocument(text, { logLevel: 'silent' }).contents;
  } catch {
    // Nesting that overflows the stack of the YAML library ends here.
    return undefined;
  }
}
