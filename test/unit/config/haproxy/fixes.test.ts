import { describe, expect, it } from 'vitest';
import type { Finding, Position, TextEdit } from '../../../../src/cluster/finding';
import { lintHaproxy } from '../../../../src/config/haproxy/lint';
import { rulePages } from '../rules/rule-pages';

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
  lintHaproxy(text, { version, path: 'haproxy.cfg' });

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
      ...['HAP047', 'HAP050', 'HAP201', 'HAP202', 'HAP203', 'HAP206', 'HAP207', 'HAP209', 'HAP220', 'HAP221'],
      ...['HAP222', 'HAP223', 'HAP224', 'HAP226', 'HAP229', 'HAP231', 'HAP233', 'HAP234', 'HAP235', 'HAP300'],
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
