/** Names that nothing has, or that something of another kind has; conditions; chains of servers that follow others. */
import { caseOf, type Case, type Place } from './base';

const NAMES = [
  'b',
  'f',
  'l',
  't',
  'r',
  'u',
  'c',
  'p',
  'm',
  'e',
  'a',
  'g',
  'nosuch',
  'b/s1',
  'b/nosuch',
  'nosuch/s1',
  'p/x',
];

const USES: readonly (readonly [Place, string])[] = [
  ['frontend', 'use_backend @ if TRUE'],
  ['frontend', 'default_backend @'],
  ['listen', 'use_backend @ if TRUE'],
  ['backend', 'use_backend @ if TRUE'],
  ['backend', 'use-server @ if TRUE'],
  ['backend', 'server s9 10.0.0.9:80 track @'],
  ['backend', 'server s9 10.0.0.9:80 check track @'],
  ['backend', 'server s9 10.0.0.9:80 resolvers @'],
  ['backend', 'stick on src table @'],
  ['backend', 'stick match src table @'],
  ['backend', 'stick store-response src table @'],
  ['backend', 'stick-table type ip size 1k peers @'],
  ['backend', 'stick-table type ip size 1k write-to @'],
  ['frontend', 'http-request track-sc0 src table @'],
  ['frontend', 'tcp-request connection track-sc0 src table @'],
  ['frontend', 'tcp-request content track-sc0 src table @'],
  ['frontend', 'http-request cache-use @'],
  ['backend', 'http-response cache-store @'],
  ['frontend', 'http-request auth if { http_auth(@) }'],
  ['frontend', 'acl a1 http_auth_group(@) x'],
  ['frontend', 'acl a1 nbsrv(@) gt 0'],
  ['frontend', 'acl a1 be_conn(@) gt 0'],
  ['frontend', 'acl a1 fe_conn(@) gt 0'],
  ['frontend', 'acl a1 srv_is_up(@)'],
  ['frontend', 'acl a1 srv_conn(@) gt 0'],
  ['frontend', 'acl a1 src_http_req_rate(@) gt 0'],
  ['frontend', 'acl a1 src,table_conn_rate(@) gt 0'],
  ['frontend', 'acl a1 src,in_table(@)'],
  ['frontend', 'acl a1 sc0_conn_rate(@) gt 0'],
  ['frontend', 'acl a1 table_avl(@) gt 0'],
  ['frontend', 'acl a1 connslots(@) gt 0'],
  ['frontend', 'acl a1 queue(@) gt 0'],
  ['frontend', 'acl a1 srv_id(@) gt 0'],
  ['frontend', 'errorfiles @'],
  ['frontend', 'http-request return errorfiles @'],
  ['frontend', 'http-request do-resolve(txn.x,@) path'],
  ['backend', 'use-fcgi-app @'],
  ['backend', 'filter fcgi-app @'],
  ['frontend', 'filter cache @'],
  ['frontend', 'log ring@@ local0'],
  ['frontend', 'log backend@@ local0'],
  ['frontend', 'log 10.0.0.60:514 profile @ local0'],
  ['listen', 'email-alert mailers @'],
  ['frontend', 'acl a1 @'],
  ['frontend', 'http-request deny if @'],
  ['global', 'httpclient.resolvers.id @'],
  ['peers', 'table @ type ip size 1k'],
];

export function referenceCases(): Case[] {
  return USES.flatMap(([place, line]) =>
    NAMES.flatMap((name) =>
      (['http', 'tcp'] as const).map((mode) =>
        caseOf('reference', place, line.replace(/@(?!.*@)/, name), { mode }),
      ),
    ),
  );
}

/** Servers that follow others, in all their ways to go wrong. */
export function trackCases(): Case[] {
  const [first, second] = ['server s8 10.0.0.8:80', 'server s9 10.0.0.9:80'];
  const parameters = [
    '',
    'check',
    'agent-check agent-port 5',
    'track b/s9',
    'track b/s1',
    'track s1',
    'track b/s8',
    'check track b/s1',
    'track b/s1 inter 5s',
    'track b/s1 port 80',
    'track b/s1 rise 3',
    'track b/s1 observe layer4',
    'track',
    'no-check',
    'disabled',
  ];
  return parameters.flatMap((one) =>
    ['track b/s8', 'track s8', 'check', 'track t/s1', 'agent-check agent-port 5 track b/s8'].map((other) =>
      caseOf('track', 'backend', [`${first} ${one}`, `${second} ${other}`]),
    ),
  );
}
