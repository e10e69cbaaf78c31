import { describe, expect, test } from 'vitest';
import { namedCertificates } from '../../../../src/lab/certificates/named-certificates';

const bind = (words: string, global = ''): string =>
  `global\n    ${global}\nfrontend https\n    bind :443 ssl ${words}\n`;

describe('the certificates a lab makes for a haproxy.cfg', () => {
  test.each<[string, string, readonly string[]]>([
    ['a file', bind('crt /etc/haproxy/certs/a.pem'), ['/etc/haproxy/certs/a.pem']],
    [
      'several',
      bind('crt /etc/haproxy/a.pem crt /etc/haproxy/b.pem'),
      ['/etc/haproxy/a.pem', '/etc/haproxy/b.pem'],
    ],
    ['the same twice', bind('crt /etc/haproxy/a.pem crt /etc/haproxy/a.pem'), ['/etc/haproxy/a.pem']],
    ['a folder', bind('crt /etc/haproxy/certs/'), ['/etc/haproxy/certs/lab.pem']],
    ['a folder without a slash', bind('crt /etc/ssl/private'), []],
    ['below a base', bind('crt site/a.pem', 'crt-base /etc/ssl/private'), ['/etc/ssl/private/site/a.pem']],
    ['none of a store', bind('crt @web/a.pem'), []],
    ['none where the image has its own files', bind('crt /usr/bin/bash.pem'), []],
    ['none out of its folder', bind('crt /etc/haproxy/../passwd.pem'), []],
    ['none that the environment names', bind('crt "/etc/haproxy/${NAME}.pem"'), []],
    ['none in a comment', '# bind :443 ssl crt /etc/haproxy/a.pem\n', []],
    ['none in no file at all', '', []],
  ])('%s', (_what, text, paths) => {
    expect(namedCertificates(text, '3.0')).toEqual({ certificates: paths, authorities: [] });
  });

  test('and whom a server’s certificate is verified with', () => {
    const text = 'backend b\n    default-server ca-file /etc/haproxy/ca.pem\n    server s 10.0.0.1:443 ssl\n';
    expect(namedCertificates(text, '3.0')).toEqual({
      certificates: [],
      authorities: ['/etc/haproxy/ca.pem'],
    });
  });
});
