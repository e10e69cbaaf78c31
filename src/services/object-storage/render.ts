import type { ServiceContext } from '../core/context';
import { account, privateFile, ROOT } from '../core/file';
import type { NodeFile } from '../core/file';
import { guardLines } from './guard';
import type { KeptBucket } from './guard';
import { OBJECT_STORE_KEY, OBJECT_STORE_SECRET } from './secrets';
import { objectStorage } from './service';
import { endpointOf, keepSecondsOf, OBJECT_STORAGE_SETTINGS, SWIFT_PORTS } from './settings';

/** The image fixes the number (lab/services/object-storage/image/build/packages). */
const SWIFT_USER = account(998);
const FRONT = '/var/opt/gitlab/object-storage-front';
/** The account that owns the buckets: the part of the access key before its colon. */
const ACCOUNT = 'lab';

/**
 * As `option httplog` has it, but with the path alone: the query of a link that GitLab signed lets anyone in who reads it.
 */
const LOG_FORMAT =
  '%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs "%HM %HP %HV"';

/** Names by which the store is reached: its own, and the endpoint's. */
function namesOf({ node, settings }: ServiceContext): readonly string[] {
  const { host } = endpointOf(settings(OBJECT_STORAGE_SETTINGS));
  return [...new Set([node.name, host, node.address])];
}

/** The files of the machine: who may log in, the certificate, the buckets, and the way in. */
export function renderObjectStorage(context: ServiceContext): readonly NodeFile[] {
  const { certificate, key, authority } = context.certificate(objectStorage.id, namesOf(context));
  return [
    privateFile('/etc/swift/proxy-server.conf.d/20-accounts.conf', accounts(context), SWIFT_USER),
    privateFile(`${FRONT}/server.pem`, certificate + key, ROOT),
    readable(`${FRONT}/ca.crt`, authority),
    readable(`${FRONT}/haproxy.cfg`, haproxyCfg(context)),
    readable(`${FRONT}/buckets.json`, buckets(context)),
    privateFile(`${FRONT}/check.json`, check(context), ROOT),
    privateFile('/root/.s3cfg', s3cfg(context), ROOT),
  ];
}

function readable(path: string, content: string): NodeFile {
  return { path, content, mode: 0o644, ...ROOT };
}

/** One user who owns the buckets, one in an account apart who writes to see whether what is written is kept, and the region. */
function accounts({ secret, settings }: ServiceContext): string {
  const [owner = '', user = ''] = secret(OBJECT_STORE_KEY).split(':');
  const password = secret(OBJECT_STORE_SECRET);
  return [
    '[filter:tempauth]',
    `user_${owner}_${user} = ${password} .admin`,
    `user_check_check = ${password} .admin`,
    '[filter:s3api]',
    // What is signed for another region is refused.
    `location = ${settings(OBJECT_STORAGE_SETTINGS).region}`,
    '',
  ].join('\n');
}

function haproxyCfg({ settings }: ServiceContext): string {
  const { port } = endpointOf(settings(OBJECT_STORAGE_SETTINGS));
  return [
    'global',
    '    maxconn 512',
    '    log stdout format raw local0 info',
    '    stats socket /run/haproxy/admin.sock mode 600 level admin',
    'defaults',
    '    mode http',
    '    timeout connect 2s',
    '    timeout client 120s',
    '    timeout server 120s',
    '    timeout http-keep-alive 15s',
    '    log global',
    `    log-format '${LOG_FORMAT}'`,
    '    option dontlognull',
    'frontend s3',
    `    bind :${port} ssl crt ${FRONT}/server.pem alpn http/1.1`,
    ...guardLines(keptBuckets(settings(OBJECT_STORAGE_SETTINGS).buckets)).map((line) => `    ${line}`),
    '    default_backend swift',
    'backend swift',
    '    http-reuse safe',
    '    # Not checked: there is no other one to send to. What comes while it is started anew waits for it.',
    '    retries 5',
    `    server proxy 127.0.0.1:${SWIFT_PORTS.proxy}`,
    '',
  ].join('\n');
}

function keptBuckets(names: Readonly<Record<string, string>>): readonly KeptBucket[] {
  return Object.entries(names).flatMap(([kind, name]) => {
    const keepSeconds = keepSecondsOf(kind);
    return keepSeconds === undefined ? [] : [{ name, keepSeconds }];
  });
}

/** What the image's own job makes and clears (lab/services/object-storage/image). */
function buckets({ settings }: ServiceContext): string {
  const named = Object.entries(settings(OBJECT_STORAGE_SETTINGS).buckets).map(([kind, name]) => {
    const keepSeconds = keepSecondsOf(kind);
    return keepSeconds === undefined ? { name } : { name, keepSeconds };
  });
  return `${JSON.stringify({ account: ACCOUNT, buckets: named }, null, 2)}\n`;
}

/** What the program that writes and reads back logs in with. */
function check({ node, settings, secret }: ServiceContext): string {
  const own = settings(OBJECT_STORAGE_SETTINGS);
  const { port } = endpointOf(own);
  const content = {
    host: node.name,
    port,
    region: own.region,
    key: 'check:check',
    secret: secret(OBJECT_STORE_SECRET),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** For people in a terminal: `s3cmd ls` is the owner of the buckets. */
function s3cfg({ node, settings, secret }: ServiceContext): string {
  const own = settings(OBJECT_STORAGE_SETTINGS);
  const place = `${node.name}:${endpointOf(own).port}`;
  return [
    '[default]',
    `access_key = ${secret(OBJECT_STORE_KEY)}`,
    `secret_key = ${secret(OBJECT_STORE_SECRET)}`,
    `host_base = ${place}`,
    // The same without the bucket: path style.
    `host_bucket = ${place}`,
    `bucket_location = ${own.region}`,
    'use_https = True',
    `ca_certs_file = ${FRONT}/ca.crt`,
    '',
  ].join('\n');
}
