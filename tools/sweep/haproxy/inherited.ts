/** Rules in `defaults` sections, by who inherits them, and how. */
import { caseOf, type Case } from './base';

const RULES = [
  'tcp-request connection reject if { src 10.66.0.0/16 }',
  'tcp-request session accept',
  'tcp-request content accept',
  'tcp-request inspect-delay 5s',
  'tcp-response content accept',
  'tcp-response inspect-delay 5s',
  'http-request set-header a b',
  'http-response set-header a b',
  'http-after-response set-header a b',
  'acl a1 src 10.0.0.1',
  'http-check expect status 200',
  'tcp-check connect',
  'http-error status 503 content-type text/plain string x',
  'errorfile 503 e503.http',
  'compression algo gzip',
  'log-format %ci',
  'http-request capture path len 5',
  'option httpchk',
  'maxconn 5',
  'balance uri',
  'filter trace',
  'stick on src',
  'use_backend b2 if TRUE',
  'default_backend b2',
  'capture request header a len 5',
  'server s7 10.0.0.7:80',
  'bind :9',
  'rate-limit sessions 5',
  'retry-on 503',
];

const USERS: readonly (readonly [string, readonly string[]])[] = [
  [
    'frontend and backend',
    [
      'frontend f2 from z',
      '    bind 127.0.0.1:8070',
      '    default_backend b2',
      'backend b2 from z',
      '    server s1 10.0.0.1:80',
    ],
  ],
  [
    'two frontends',
    [
      'frontend f2 from z',
      '    bind 127.0.0.1:8070',
      '    default_backend b2',
      'frontend f3 from z',
      '    bind 127.0.0.1:8071',
      '    default_backend b2',
      'backend b2',
      '    server s1 10.0.0.1:80',
    ],
  ],
  [
    'listen and backend',
    [
      'listen l2 from z',
      '    bind 127.0.0.1:8070',
      '    server s1 10.0.0.1:80',
      'backend b2 from z',
      '    server s1 10.0.0.1:80',
    ],
  ],
  [
    'listen and frontend',
    [
      'listen l2 from z',
      '    bind 127.0.0.1:8070',
      '    server s1 10.0.0.1:80',
      'frontend f2 from z',
      '    bind 127.0.0.1:8071',
      '    default_backend l2',
      'backend b2',
      '    server s1 10.0.0.1:80',
    ],
  ],
  [
    'two listens',
    [
      'listen l2 from z',
      '    bind 127.0.0.1:8070',
      '    server s1 10.0.0.1:80',
      'listen l3 from z',
      '    bind 127.0.0.1:8071',
      '    server s1 10.0.0.1:80',
      'backend b2',
      '    server s1 10.0.0.1:80',
    ],
  ],
  ['nobody', ['backend b2', '    server s1 10.0.0.1:80']],
  [
    'by place',
    [
      'frontend f2',
      '    bind 127.0.0.1:8070',
      '    default_backend b2',
      'backend b2',
      '    server s1 10.0.0.1:80',
    ],
  ],
  [
    'through another',
    [
      'defaults y from z',
      'frontend f2 from y',
      '    bind 127.0.0.1:8070',
      '    default_backend b2',
      'backend b2 from z',
      '    server s1 10.0.0.1:80',
    ],
  ],
  [
    'backends',
    ['backend b2 from z', '    server s1 10.0.0.1:80', 'backend b3 from z', '    server s1 10.0.0.1:80'],
  ],
];

/** Rules in named defaults, by who inherits them. */
export function inheritedCases(): Case[] {
  return RULES.flatMap((rule) =>
    USERS.flatMap(([name, lines]) =>
      ['defaults z', 'defaults'].map((header) => {
        const written = header === 'defaults' ? lines.map((line) => line.replace(/ from [zy]\b/, '')) : lines;
        const behind = [
          header,
          '    mode http',
          '    timeout connect 5s',
          '    timeout client 5s',
          '    timeout server 5s',
          `    ${rule}`,
          ...written,
        ];
        return {
          ...caseOf('inherited', 'frontend', [], { behind }),
          name: `${header}: ${rule}, used by ${name}`,
        };
      }),
    ),
  );
}
