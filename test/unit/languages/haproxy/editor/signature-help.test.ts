import { describe, expect, it } from 'vitest';
import { features, open } from './editor';

function signature(line: string, section = 'listen x'): string {
  const { subject, position } = open(`${section}\n    ${line}`);
  const help = features.signatureHelp?.(subject, position);
  const [first] = help?.signatures ?? [];
  const active = first?.parameters?.[help?.activeParameter ?? 0]?.label;
  if (first === undefined || active === undefined || typeof active === 'string') return '';
  return `${first.label.slice(0, active[0])}«${first.label.slice(...active)}»${first.label.slice(active[1])}`;
}

describe('signature help shows the argument that is written', () => {
  it.each([
    ['server ‸', 'server «<name>» <address:port> [parameter…]'],
    ['server a ‸', 'server <name> «<address:port>» [parameter…]'],
    ['server a 10.0.0.1:80 check inter ‸', 'server <name> <address:port> «[parameter…]»'],
    ['timeout server ‸', 'timeout server «<time>»'],
    ['bind ‸', 'bind «<address:port>» [parameter…]'],
    ['acl x ‸', 'acl <name> «<expression>» [flags] <pattern…>'],
    ['http-request set-header X ‸', 'http-request set-header <text> «<format>» [if|unless <condition>]'],
    [
      'http-request set-var(txn.x) ‸',
      'http-request set-var(<variable>) «<expression>» [if|unless <condition>]',
    ],
    ['http-request deny if { req.hdr(host,‸', 'req.hdr(string, «integer»)'],
    [
      'http-request set-header X "%[unknown(‸',
      'http-request set-header <text> «<format>» [if|unless <condition>]',
    ],
    ['http-request set-header X "%[path,regsub(a,‸', 'regsub(regex, «string», string)'],
    ['option pgsql-check ‸', 'option pgsql-check «user» <name>'],
    [
      'http-check expect ‸',
      'http-check expect «[options]» [!] <status|rstatus|string|rstring|hdr> <pattern>',
    ],
    ['no option httpchk ‸', 'option httpchk «[method]» [path] [version]'],
    ['# server ‸', ''],
    ['nonsense ‸', ''],
    ['‸', ''],
  ])('%s', (line, expected) => {
    expect(signature(line)).toBe(expected);
  });

  it('in the global section', () => {
    expect(signature('stats socket ‸', 'global')).toBe('stats socket «<path|address:port>» [parameter…]');
  });
});
