import { describe, expect, it } from 'vitest';
import type { RawVerdict } from '../../../../src/lab/verify/real-program';
import { readVerdict, versionOf } from '../../../../src/lab/verify/verdict';

const HAPROXY_TEXT = 'frontend a\n  bind :80\n  default_backend x\n  foo bar\n';
const KEEPALIVED_TEXT = 'global_defs {\n  router_idd x\n}\nvrrp_instance A {\n  interface eth0\n}\n';

function raw(given: Partial<RawVerdict> & Pick<RawVerdict, 'program'>): RawVerdict {
  return { banner: '', exitCode: 1, output: '', place: 'here', ...given };
}

describe('what haproxy -c says', () => {
  it('stands at its lines', () => {
    const output = [
      '[NOTICE]   (1) : haproxy version is 3.0.11-1+deb13u5',
      "[ALERT]    (1) : config : parsing [/tmp/haproxy.cfg:4] : unknown keyword 'foo' in 'frontend' section",
      "[WARNING]  (1) : config : missing timeouts for frontend 'a'.",
      '[ALERT]    (1) : config : Error(s) found in configuration file : /tmp/haproxy.cfg',
      '[ALERT]    (1) : config : Fatal errors found in configuration.',
    ].join('\n');
    const banner = 'HAProxy version 3.0.11-1+deb13u5 2026/11/18 - https://haproxy.org/';
    const verdict = readVerdict(raw({ program: 'haproxy', banner, output }), 'lb/haproxy.cfg', HAPROXY_TEXT);
    expect(verdict).toMatchObject({ version: '3.0.11', accepted: false, program: 'haproxy' });
    expect(verdict.findings.map(({ severity, range, message }) => [severity, range, message])).toEqual([
      [
        'error',
        { start: { line: 3, character: 2 }, end: { line: 3, character: 9 } },
        "HAProxy: unknown keyword 'foo' in 'frontend' section.",
      ],
      [
        'warning',
        { start: { line: 0, character: 0 }, end: { line: 0, character: 10 } },
        "HAProxy: missing timeouts for frontend 'a'.",
      ],
    ]);
  });

  it('is only a note where it speaks of files of the machine', () => {
    const output =
      "[ALERT]    (1) : config : parsing [/tmp/haproxy.cfg:2] : 'bind :80' : unable to stat SSL certificate '/x.pem' : No such file or directory.";
    const { findings, accepted } = readVerdict(
      raw({ program: 'haproxy', output }),
      'haproxy.cfg',
      HAPROXY_TEXT,
    );
    expect(accepted).toBe(false);
    expect(findings).toMatchObject([
      { severity: 'information', remedy: 'This depends on the machine the file is for; check it there.' },
    ]);
  });

  it.each([
    [0, true],
    [2, true],
    [1, false],
  ])('exit code %i means accepted: %s', (exitCode, accepted) => {
    expect(readVerdict(raw({ program: 'haproxy', exitCode }), 'haproxy.cfg', '').accepted).toBe(accepted);
  });

  it('is an error of the file when it names no line', () => {
    const { findings } = readVerdict(raw({ program: 'haproxy', exitCode: 139 }), 'haproxy.cfg', 'x\n');
    expect(findings).toMatchObject([
      { severity: 'error', message: 'HAProxy: the file is refused (exit code 139), and no line is named.' },
    ]);
  });
});

describe('what keepalived -t says', () => {
  it('stands at its lines, each message once', () => {
    const output = [
      "(Line 2) Unknown keyword 'router_idd'",
      "(/tmp/keepalived.conf: Line 5) WARNING - interface eth0 for vrrp_instance A doesn't exist",
      "(Line 2) Unknown keyword 'router_idd'",
      'Non-existent interface specified in configuration',
    ].join('\n');
    const verdict = readVerdict(
      raw({ program: 'keepalived', exitCode: 5, output, banner: 'Keepalived v2.3.3 (03/30,2025)' }),
      'keepalived.conf',
      KEEPALIVED_TEXT,
    );
    expect(verdict).toMatchObject({ version: '2.3.3', accepted: false });
    expect(
      verdict.findings.map(({ severity, range, message }) => [severity, range.start.line, message]),
    ).toEqual([
      ['error', 1, "Keepalived: Unknown keyword 'router_idd'."],
      ['information', 4, "Keepalived: interface eth0 for vrrp_instance A doesn't exist."],
      ['information', 0, 'Keepalived: Non-existent interface specified in configuration.'],
    ]);
  });

  it('lies inside the text also when it names a line beyond its end', () => {
    const output = '(Line 99) Unexpected end of file';
    const { findings } = readVerdict(raw({ program: 'keepalived', exitCode: 5, output }), 'k.conf', 'a\nb');
    expect(findings[0]?.range).toEqual({ start: { line: 1, character: 0 }, end: { line: 1, character: 1 } });
  });
});

it.each([
  ['HAProxy version 2.6.12-1+deb12u4 2026/01/01 - https://haproxy.org/', '2.6.12'],
  ['Keepalived v2.2.7 (01/16,2022)', '2.2.7'],
  ['HAProxy version 3.4-dev1', '3.4'],
  ['', undefined],
])('the version in %j is %s', (banner, version) => {
  expect(versionOf(banner)).toBe(version);
});
