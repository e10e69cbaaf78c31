import { isMap, isScalar, parseDocument } from 'yaml';
import { isTooDeepYaml } from '../finding/yaml-depth';

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
  return namedVersions({
    gitlabVersion: version('gitlab_version'),
    haproxyVersion: version('haproxy_version'),
  });
}

/** Only the versions that are named, so that they can be laid over others. */
export function namedVersions({
  gitlabVersion,
  haproxyVersion,
}: {
  readonly gitlabVersion?: string | undefined;
  readonly haproxyVersion?: string | undefined;
}): ClusterVersions {
  return {
    ...(gitlabVersion === undefined ? {} : { gitlabVersion }),
    ...(haproxyVersion === undefined ? {} : { haproxyVersion }),
  };
}

function contentsOf(text: string): unknown {
  if (text.length > LARGEST_CLUSTER_FILE || isTooDeepYaml(text)) return undefined;
  try {
    return parseDocument(text, { logLevel: 'silent' }).contents;
  } catch {
    // Whatever the YAML library does not survive ends here.
    return undefined;
  }
}
