import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';
import { DEFAULTS, found, indented, inFront, TIMES } from './small-file';

describe('TLS on bind lines', () => {
  it.each([
    ['bind :443 ssl', ['error HAP314 ssl']],
    ['bind :443 ssl alpn h2,http/1.1', ['error HAP314 ssl']],
    ['bind quic4@:443 alpn h3', ['error HAP314 quic4@:443']],
    ['bind :443 ssl strict-sni', ['warning HAP314 ssl']],
    ['bind :443 ssl crt-list /etc/haproxy/list', []],
    ['bind :443 ssl crt /etc/haproxy/web.pem verify optional', ['error HAP315 optional']],
    ['bind :443 ssl crt /etc/haproxy/web.pem verify none', []],
    ['bind :443 ssl crt /etc/haproxy/web.pem verify required ca-verify-file /etc/haproxy/ca.pem', []],
    ['bind :443 ssl crt-list /etc/haproxy/list verify required', []],
    [
      'bind :443 ssl crt /etc/haproxy/web.pem crt-list /etc/haproxy/list verify required',
      ['error HAP315 required'],
    ],
    ['bind :443 ssl ca-sign-file /etc/haproxy/ca.pem', ['error HAP314 ssl']],
    ['bind :443 ssl strict-sni generate-certificates ca-sign-file /etc/ca.pem', ['error HAP314 ssl']],
    ['bind :443 crt /etc/haproxy/web.pem', ['warning HAP316 crt']],
    [
      'bind :443 ssl crt /etc/haproxy/web.pem no-sslv3 no-tlsv11 ssl-min-ver TLSv1.2',
      ['warning HAP317 no-sslv3', 'warning HAP317 no-tlsv11'],
    ],
    ['bind :443 ssl crt /etc/haproxy/web.pem no-sslv3', []],
  ])('%s', (line, expected) => {
    expect(found(inFront(line))).toEqual(expected);
  });
});

describe('TLS on bind lines of other sections', () => {
  it.each([
    ['log-forward logs', ['bind :6514 ssl'], ['error HAP314 ssl']],
    [
      'log-forward logs',
      ['bind :6514 ssl crt /etc/haproxy/web.pem verify required'],
      ['error HAP315 required'],
    ],
    ['peers nodes', ['bind :10000 ssl', 'server node1'], ['error HAP314 ssl']],
    ['peers nodes', ['default-bind ssl crt /etc/haproxy/web.pem', 'bind :10000 ssl', 'server node1'], []],
  ])('%s: %s', (section, lines, expected) => {
    const tls = found(`${inFront()}${section}\n${indented(lines)}`).filter((one) => /HAP31[4-7]/.test(one));
    expect(tls).toEqual(expected);
  });
});

describe('a section that is disabled', () => {
  const lines = [
    'stick on src',
    'server n2 10.30.0.12:80 track n7',
    'server n3 10.30.0.13 check',
    'http-request capture path id 3',
    'use_backend nowhere if TRUE',
  ];
  const listen = (before: readonly string[], from = '') =>
    `listen l${from}\n${indented([...before, ...lines])}`;
  const all = ['HAP041', 'HAP044', 'HAP055', 'HAP324', 'HAP325'];

  it.each([
    ['by a line of its own', `${DEFAULTS}${listen(['disabled'])}`, []],
    ['by its defaults', `${DEFAULTS} disabled\n${listen([])}`, []],
    [
      'by the defaults it names',
      `defaults off\n mode http\n${TIMES} disabled\ndefaults on\n mode http\n${TIMES}${listen([], ' from off')}`,
      [],
    ],
    ['and enabled again', `${DEFAULTS} disabled\n${listen(['enabled'])}`, all],
    ['not at all', `${DEFAULTS}${listen([])}`, all],
  ])('%s', (_, text, expected) => {
    const codes = new Set(found(text).map((one) => one.split(' ')[1] ?? ''));
    expect([...codes].filter((code) => all.includes(code)).sort()).toEqual(expected);
  });
});

describe('a no-break space', () => {
  const hidden = (text: string) =>
    lintHaproxy(readHaproxy(text, '3.0'), 'haproxy.cfg').filter(({ severity }) => severity === 'error');

  it.each([
    ['between words', inFront('maxconn\u00a0500'), 'Unknown keyword', ' '],
    ['in quotes', inFront('acl big hdr(a) -m int "1\u00a0000"'), '"1\u00a0000"', undefined],
    ['in quotes after a word', inFront("acl big hdr(a) -m int x'1\u00a0000'"), '1\u00a0000', undefined],
    ['behind quotes', inFront('acl big hdr(a) -m int "1"\u00a0000'), '1\u00a0000', ' '],
  ])('%s', (_, text, told, newText) => {
    const [finding] = hidden(text);
    expect(finding?.message).toContain(told);
    expect(finding?.fix?.edits[0]?.newText).toBe(newText);
  });
});
