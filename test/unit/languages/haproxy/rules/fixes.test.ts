import { describe, expect, it } from 'vitest';
import type { Finding, Position, TextEdit } from '../../../../../src/finding/finding';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';
import { rulePages } from '../../core/rules/rule-pages';

function offsetOf(text: string, { line, character }: Position): number {
  const lines = text.split('\n');
  return lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
}

function apply(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .map(({ range, newText }) => ({
      start: offsetOf(text, range.start),
      end: offsetOf(text, range.end),
      newText,
    }))
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}

const lint = (text: string, version = '3.0'): Finding[] =>
  lintHaproxy(readHaproxy(text, version), 'haproxy.cfg');

const repairable = rulePages('HAP', 'haproxy').flatMap(({ id, bad }) => {
  const found = lint(bad.text, bad.version).filter(
    (finding) => finding.code === id && finding.fix !== undefined,
  );
  return found.length === 0 ? [] : [{ id, bad, found }];
});

describe('the repair of the bad example of a page', () => {
  it('exists for these rules', () => {
    expect(repairable.map(({ id }) => id)).toEqual([
      ...['HAP004', 'HAP006', 'HAP010', 'HAP016', 'HAP019', 'HAP029', 'HAP030', 'HAP031', 'HAP032'],
      ...['HAP047', 'HAP050', 'HAP201', 'HAP202', 'HAP203', 'HAP206', 'HAP207', 'HAP209', 'HAP211', 'HAP212'],
      ...[
        'HAP220',
        'HAP221',
        'HAP222',
        'HAP223',
        'HAP224',
        'HAP226',
        'HAP229',
        'HAP231',
        'HAP233',
        'HAP234',
        'HAP235',
        'HAP300',
      ],
      ...['HAP306', 'HAP308', 'HAP311', 'HAP321', 'HAP322'],
    ]);
  });

  it.each(repairable)('$id is gone after it, and no error is new', ({ id, bad, found }) => {
    const repaired = found.reduceRight((text, { fix }) => apply(text, fix?.edits ?? []), bad.text);
    const codes = lint(repaired, bad.version)
      .filter(({ code, severity }) => code === id || severity === 'error')
      .map(({ code }) => code);
    expect(codes).toEqual([]);
  });
});

const around = (line: string): string => `listen a
    mode http
    bind 10.0.0.1:80
    timeout connect 5s
    timeout client 1m
    timeout server 1m
    server s 10.0.0.2:80
    ${line}
`;

describe('a word close to the one meant is put in its place', () => {
  it.each([
    ['http-request set-vra(txn.x) src', '    http-request set-var(txn.x) src'],
    ['log-format "%{+Q}o"', undefined],
    ['http-request set-header X %[src,lowre]', '    http-request set-header X %[src,lower]'],
    [
      'stick-table type ip size 1m expire 1m store http_req_rat(10s)',
      '    stick-table type ip size 1m expire 1m store http_req_rate(10s)',
    ],
    ['stats enabel', '    stats enable'],
    ['balnce roundrobin', '    balance roundrobin'],
    ['option httplgo', '    option httplog'],
    ['timout queue 5s', '    timeout queue 5s'],
    ['http-request deny if { pathh /a }', '    http-request deny if { path /a }'],
    ['redispatch', '    option redispatch'],
    ['clitimeout 5s', '    timeout client 5s'],
    ['option forceclose', '    option httpclose'],
  ])('%s', (line, repaired) => {
    const text = around(line);
    const edits = lint(text).flatMap(({ fix, code }) => (code < 'HAP200' ? (fix?.edits ?? []) : []));
    expect(edits.length > 0 ? apply(text, edits).split('\n')[7] : undefined).toBe(repaired);
  });
});

const LIMITS = `defaults
    mode http
    timeout connect 5s
    timeout client 1m
    timeout server 1m
    timeout tunnel 1h
`;
const DATABASE = `listen pg
    bind :5432
    mode tcp
    timeout connect 5s
    timeout client 1h
    timeout server 1h
    option httpchk GET /primary
    http-check expect status 200
    option clitcpka
`;

/** All fixes of one rule, applied once. */
function repaired(code: string, text: string): string {
  const edits = lint(text).flatMap((finding) => (finding.code === code ? (finding.fix?.edits ?? []) : []));
  return apply(text, edits);
}

const codes = (text: string): string[] => lint(text).map(({ code }) => code);

describe('a repair is no second line where the section has one already', () => {
  const backend = `${LIMITS}backend gitlab
    option httpchk GET /-/readiness
    http-check expect status 200
`;

  it('HAP234 rewrites the timeout of the section', () => {
    const text = `${backend}    option forwardfor\n    timeout server 30s\n    server a 10.0.0.1:80 check\n`;
    const after = repaired('HAP234', text);
    expect(after).toBe(text.replace('timeout server 30s', 'timeout server 60s'));
    expect(codes(after)).not.toContain('HAP234');
  });

  it('HAP235 and HAP322 rewrite every line that says the same', () => {
    const text = `${backend}    option forwardfor
    balance source
    balance source
    option persist
    option persist
    server a 10.0.0.1:80 check
`;
    expect(codes(repaired('HAP235', text))).not.toContain('HAP235');
    expect(codes(repaired('HAP322', text))).not.toContain('HAP322');
  });

  it('HAP226 adds no option that a line below takes away', () => {
    const text = `${backend}    no option forwardfor\n    server a 10.0.0.1:80 check\n`;
    expect(codes(text)).toContain('HAP226');
    expect(repaired('HAP226', text)).toBe(text);
  });

  it('HAP203 adds no option that a line below takes away', () => {
    const text = `${LIMITS}listen gitaly
    bind :2305
    mode tcp
    timeout client 1h
    timeout server 1h
    no option clitcpka
    server a 10.0.0.1:2305 check
`;
    expect(codes(text)).toContain('HAP203');
    expect(repaired('HAP203', text)).toBe(text);
  });

  it('HAP050 is not repaired by a line that stands too late', () => {
    const text = `listen a
    http-request normalize-uri path-merge-slashes
global
    maxconn 10
`;
    expect(codes(text)).toContain('HAP050');
    expect(repaired('HAP050', text)).toBe(text);
  });
});

describe('a server is repaired where HAProxy reads the repair', () => {
  it.each([
    ['behind the last parameter', 'server b 10.0.0.2:80 weight 5', 'server b 10.0.0.2:80 weight 5 check'],
    [
      'behind the address where a value is missing',
      'server b 10.0.0.2:80 weight',
      'server b 10.0.0.2:80 check weight',
    ],
    [
      'behind the address where a word is unknown',
      'server b 10.0.0.2:80 wight 5',
      'server b 10.0.0.2:80 check wight 5',
    ],
    ['not where the line forbids it', 'server b 10.0.0.2:80 no-check', 'server b 10.0.0.2:80 no-check'],
    ['not on a line that cannot be read', 'server b "10.0.0.2:80', 'server b "10.0.0.2:80'],
    ...[
      '10.0.0.2',
      '10.0.0.2:0',
      '10.0.0.2:+0',
      '10.0.0.2:-10',
      '[fd00::5]',
      '"${HOST}"',
      'app.internal',
    ].map((address) => [`not without a port: ${address}`, `server b ${address}`, `server b ${address}`]),
    ...['10.0.0.2 port 80', '"${HOST}:80"', '[fd00::5]:80'].map((address) => [
      `with a port: ${address}`,
      `server b ${address}`,
      `server b ${address} check`,
    ]),
  ])('HAP306 %s', (_, line, expected) => {
    const text = `${LIMITS}listen a\n    bind :80\n    server a 10.0.0.1:80 check\n    ${line}\n`;
    expect(repaired('HAP306', text).split('\n').at(-2)?.trim()).toBe(expected);
  });

  it.each([
    ['10.0.0.2', 'Add "check port <number>" to the server: its address names no port.'],
    ['10.0.0.2:80', 'Add "check" to the server or to default-server.'],
  ])('HAP306 tells what is to be added to %s', (address, remedy) => {
    const text = `${LIMITS}listen a\n    bind :80\n    server a 10.0.0.1:80 check\n    server b ${address}\n`;
    expect(lint(text).flatMap((one) => (one.code === 'HAP306' ? one.remedy : []))).toEqual([remedy]);
  });

  it('HAP206 as well, and not on a line that cannot be read', () => {
    const good = `${DATABASE}    server a 10.0.0.1:5432 check port 8008\n`;
    expect(repaired('HAP206', good)).toContain('check port 8008 on-marked-down shutdown-sessions\n');
    expect(codes(`${DATABASE}    server a 10.0.0.1:5432 check "port 8008\n`)).not.toContain('HAP206');
  });
});

describe('what is written right already is not written again', () => {
  it('a parameter with a parenthesis behind it', () => {
    const text = around('server t 10.0.0.3:80 check( inter 2s');
    expect(lint(text).filter(({ code, fix }) => code === 'HAP031' && fix !== undefined)).toEqual([]);
  });
});
