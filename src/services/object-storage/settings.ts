import { boolean, parameter } from '../core/conversion';
import type { Conversion } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import type { KeyRule } from '../core/key-rule';
import { settingsSection } from '../core/settings';
import { objectStorage } from './service';

export interface ObjectStorageSettings {
  /** Whether GitLab is told to use it (object_store.enabled). */
  readonly enabled: boolean;
  /** As Fog calls it; the lab's store is one that `AWS` reaches. */
  readonly provider: string;
  /** As written; empty for the provider's own. */
  readonly endpoint: string;
  readonly region: string;
  /** Bucket by kind of object, in the order in which they are made. */
  readonly buckets: Readonly<Record<string, string>>;
}

/** Kinds of objects that GitLab keeps, by their names in `object_store.objects`, and the lab's buckets for them. */
const BUCKETS: Readonly<Record<string, string>> = {
  artifacts: 'gitlab-artifacts',
  uploads: 'gitlab-uploads',
  lfs: 'gitlab-lfs',
  packages: 'gitlab-packages',
};
/** Further kinds: a bucket is made for those that gitlab.rb names. */
const NAMED_ONLY = ['external_diffs', 'dependency_proxy', 'terraform_state', 'ci_secure_files', 'pages'];
/** Where the store's own programs listen, on its loopback address (lab/services/object-storage/image). */
export const SWIFT_PORTS = { object: 6200, container: 6201, account: 6202, proxy: 6203, memcached: 11_211 };
const INNER_PORTS: readonly number[] = Object.values(SWIFT_PORTS);
const REGISTRY = 'registry';
const BACKUPS = 'backups';

const key = keysOf<ObjectStorageSettings>();

/** What S3 takes for a name: 3 to 63 lower-case letters, digits, dots and dashes. */
const bucket: Conversion<string> = (value) => {
  const converted = parameter(value);
  if (!('value' in converted) || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(converted.value)) return converted;
  return {
    problem: `is '${converted.value.slice(0, 70)}', which is no name of a bucket`,
    remedy: 'Use 3 to 63 lower-case letters, digits, dots and dashes.',
  };
};

/** What may stand in a signature's scope and in the name of a host, as clients of S3 want it. */
const region: Conversion<string> = (value) => {
  const converted = parameter(value);
  if (!('value' in converted) || /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(converted.value))
    return converted;
  return {
    problem: `is '${converted.value.slice(0, 70)}', which is no name of a region`,
    remedy: "Use letters, digits and dashes, for example 'us-east-1'.",
  };
};

/** Its port is free for the store's front. */
const endpoint: Conversion<string> = (value) => {
  const converted = parameter(value);
  if (!('value' in converted)) return converted;
  const { port: chosen } = endpointOf({ endpoint: converted.value });
  if (chosen !== 0 && !INNER_PORTS.includes(chosen)) return converted;
  return {
    problem: `is at port ${chosen}, where the lab's store cannot listen`,
    remedy: `Use another port than 0 and those of the store's own programs (${INNER_PORTS.join(', ')}).`,
  };
};

function bucketKey(dotted: string, kind: string): KeyRule<ObjectStorageSettings> {
  return key(
    dotted,
    bucket,
    (settings, name) => {
      settings.buckets = { ...settings.buckets, [kind]: name };
    },
    { value: ({ buckets }) => buckets[kind], settings: ['buckets'] },
  );
}

const STORE = 'gitlab_rails.object_store';

export const OBJECT_STORAGE_SETTINGS = settingsSection({
  name: 'objectStorage',
  defaults: (): ObjectStorageSettings => ({
    enabled: false,
    provider: 'AWS',
    endpoint: '',
    region: 'us-east-1',
    buckets: { ...BUCKETS, [REGISTRY]: 'gitlab-registry', [BACKUPS]: 'gitlab-backups' },
  }),
  keys: [
    key(`${STORE}.enabled`, boolean, 'enabled'),
    key(`${STORE}.connection.provider`, parameter, 'provider'),
    key(`${STORE}.connection.endpoint`, endpoint, 'endpoint'),
    key(`${STORE}.connection.region`, region, 'region'),
    ...[...Object.keys(BUCKETS), ...NAMED_ONLY].map((kind) =>
      bucketKey(`${STORE}.objects.${kind}.bucket`, kind),
    ),
    bucketKey('gitlab_rails.backup_upload_remote_directory', BACKUPS),
    bucketKey('registry.storage.s3.bucket', REGISTRY),
  ],
  ports: (settings) => ({ s3: endpointOf(settings).port }),
  reachedAt: (settings) => {
    const { host } = endpointOf(settings);
    return host === objectStorage.id ? undefined : host;
  },
});

/** Where clients find the store: host and port of the endpoint; the lab's own where the provider's was meant. */
export function endpointOf({ endpoint }: Pick<ObjectStorageSettings, 'endpoint'>): {
  readonly host: string;
  readonly port: number;
} {
  const [{ port: usual }] = objectStorage.ports;
  const own = { host: objectStorage.id, port: usual };
  if (!URL.canParse(endpoint)) return own;
  const { hostname, port, protocol } = new URL(endpoint);
  if (hostname === '' || !['http:', 'https:'].includes(protocol)) return own;
  return { host: hostname, port: port === '' ? usual : Number(port) };
}

/** How many seconds a bucket keeps what is put into it; absent: for ever. */
export function keepSecondsOf(kind: string): number | undefined {
  return kind === BACKUPS ? BACKUPS_KEPT_S : undefined;
}

const BACKUPS_KEPT_S = 7 * 24 * 3600;
