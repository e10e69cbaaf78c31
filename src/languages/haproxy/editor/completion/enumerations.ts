import { LOG_STEPS } from '../../schema/log-steps';
import { atLeast, type HaproxyVersion } from '../../schema/version';

const words = (text: string): readonly string[] => text.split(' ');

const LEVELS = words('emerg alert crit err warning notice info debug');

/** Words a value of a type may be, for completion. Types that are not here hold free text, numbers or names. */
const ENUMERATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['mode', words('http tcp')],
  [
    'algorithm',
    words('roundrobin static-rr leastconn first source uri url_param hdr( random random( rdp-cookie'),
  ],
  [
    'facility',
    words(
      'kern user mail daemon auth syslog lpr news uucp cron auth2 ftp ntp audit alert cron2 local0 local1 local2 local3 local4 local5 local6 local7',
    ),
  ],
  ['level', LEVELS],
  ['log-level-or-silent', [...LEVELS, 'silent']],
  ['log-target', words('stdout stderr /dev/log 127.0.0.1:514')],
  ['log-format-name', words('rfc3164 rfc5424 local priority short timed iso raw')],
  ['log-step', LOG_STEPS],
  ['acme-challenge', words('http-01 dns-01 dns-persist-01')],
  ['acme-ready', words('cli dns delay none')],
  ['cli-level', words('user operator admin')],
  ['severity-output', words('none number string')],
  ['tls-version', words('TLSv1.0 TLSv1.1 TLSv1.2 TLSv1.3')],
  ['verify-bind', words('none optional required')],
  ['verify-server', words('none required')],
  ['observe', words('layer4 layer7 none')],
  ['on-error', words('fastinter fail-check sudden-death mark-down')],
  ['on-marked-down', words('shutdown-sessions')],
  ['on-marked-up', words('shutdown-backup-sessions')],
  ['ip-family', words('ipv4 ipv6')],
  ['log-proto', words('legacy octet-count')],
  ['ws', words('auto h1 h2')],
  ['hold-event', words('valid obsolete nx other refused timeout')],
  ['redirect-code', words('301 302 303 307 308')],
  ['error-status', words('400 401 403 404 405 407 408 410 413 425 429 500 501 502 503 504')],
  ['status-atol', words('200 400 403 404 429 500 503')],
  [
    'retry',
    words(
      'conn-failure empty-response response-timeout junk-response 0rtt-rejected all-retryable-errors none 401 403 404 408 425 429 500 501 502 503 504',
    ),
  ],
  ['stats-action', words('allow deny auth')],
  ['persist', words('rdp-cookie')],
  ['method', words('GET HEAD OPTIONS POST')],
  ['method-or-path', words('GET HEAD OPTIONS POST')],
  ['http-version', words('HTTP/1.1 HTTP/1.0')],
  ['time-or-infinite', words('infinite')],
  [
    'store',
    words(
      'conn_cnt conn_cur conn_rate( sess_cnt sess_rate( http_req_cnt http_req_rate( http_err_cnt http_err_rate( bytes_in_cnt bytes_in_rate( bytes_out_cnt bytes_out_rate( gpc0 gpc0_rate( gpt0 server_id',
    ),
  ],
  ['predicate', words('defined( feature( streq( version_atleast( version_before( openssl_version_atleast(')],
]);

/** The words of a type in a version. */
export function enumeration(type: string, version: HaproxyVersion, kind: string): readonly string[] {
  const known = ENUMERATIONS.get(type) ?? [];
  if (type === 'mode') {
    const log = kind !== 'frontend' && atLeast(version, '3.0') ? ['log'] : [];
    return [...known, ...log, ...(atLeast(version, '3.2') ? ['spop'] : [])];
  }
  return type === 'algorithm' && atLeast(version, '3.0') ? [...known, 'hash'] : known;
}

/** Parameters whose value is one of few words, although the tables hold them as text. */
export const PARAMETER_WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['alpn', words('h2,http/1.1 http/1.1 h2')],
  ['proto', words('h1 h2 fcgi')],
  ['init-addr', words('last,libc,none libc,none none last libc')],
  ['init-state', words('up down fully-up fully-down')],
  ['resolve-opts', words('allow-dup-ip ignore-weight prevent-dup-ip')],
  ['proxy-v2-options', words('ssl cert-cn ssl-cipher cert-sig cert-key authority crc32c unique-id')],
  ['verify', words('none required')],
  ['expose-fd', words('listeners')],
]);
