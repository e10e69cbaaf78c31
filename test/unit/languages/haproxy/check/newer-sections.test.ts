import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

/** Errors and warnings of the language, each as line and message. */
function found(text: string, version: string): string[] {
  return lintHaproxy(readHaproxy(`${text}\n`, version), 'haproxy.cfg')
    .filter(({ code }) => code < 'HAP200' && code !== 'HAP026')
    .map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}

const ACME = 'global\n expose-experimental-directives\nacme le\n directory https://ca\n';

describe('a crt-store', () => {
  it.each([
    ['load crt a.pem', '3.0', []],
    ['load key a.key crt a.pem alias site ocsp a.ocsp issuer ca.pem sctl a.sctl ocsp-update on', '3.0', []],
    ['load crt a.pem alias', '3.0', []],
    ['load crt "$CERT"', '3.0', []],
    ['load "$MORE" crt', '3.0', []],
    ['load crt a.pem acme le domains a,b', '3.2', []],
    ['load crt a.pem jwt on generate-dummy off keytype RSA bits 2048', '3.4', []],
    ['load', '3.0', ['2: "load" needs a certificate.']],
    ['load key a.key', '3.0', ['2: "load" needs a certificate.']],
    ['load crt a.pem key', '3.0', ['2: "key" needs a value.']],
    ['load crt a.pem lias x', '3.0', ['2: "load" does not know "lias".']],
    ['load crt a.pem ocsp-update yes', '3.0', ['2: "ocsp-update" is neither on nor off, but "yes".']],
    ['load crt a.pem alias /x', '3.0', ['2: An alias cannot begin with "/".']],
    ['load crt a.pem bits many', '3.4', ['2: "many" is not a whole number.']],
    ['load crt a.pem acme le', '3.0', ['2: HAProxy 3.0 does not know "load acme".']],
    ['load crt a.pem jwt on', '3.2', ['2: HAProxy 3.2 does not know "load jwt".']],
    ['crt-base /certs more', '3.0', []],
    ['crt-base', '3.0', ['2: "crt-base" needs <text> after "crt-base".']],
    ['lode crt a.pem', '3.0', ['2: Unknown keyword "lode" in "crt-store".']],
  ])('%s for %s', (line, version, expected) => {
    expect(found(`crt-store web\n ${line}`, version)).toEqual(expected);
  });

  it('has its folders above its certificates', () => {
    expect(found('crt-store web\n crt-base /a\n load crt a.pem\n key-base /b', '3.0')).toEqual([
      '4: "key-base" stands below a "load" line of this crt-store.',
    ]);
  });

  it('needs no name, and takes no second one', () => {
    expect(found('crt-store\n load crt a.pem', '3.0')).toEqual([]);
    expect(found('crt-store a b\n load crt a.pem', '3.0')).toEqual([
      '1: "crt-store" does not take "b" here.',
    ]);
  });
});

describe('traces', () => {
  it.each([
    ['trace h2 sink stderr level developer verbosity complete start now', []],
    ['trace any-source event +any lock session', []],
    ['trace all sink buf0 level user', []],
    ['trace', []],
    ['trace 0', []],
    ['trace h1 level', []],
    ['trace h1 level "$LEVEL"', []],
    ['trace h1 level loud', ['2: There is no level of traces "loud".']],
    ['trace h1 snik stderr', ['2: "trace h1" does not know "snik".']],
    ['trace all event any', ['2: "trace all" does not know "event".']],
    ['tarce h1 start now', ['2: Unknown keyword "tarce" in "traces".']],
  ])('%s', (line, expected) => {
    expect(found(`traces\n ${line}`, '3.2')).toEqual(expected);
  });

  it('have no name', () => {
    expect(found('traces a\n trace 0', '3.4')).toEqual(['1: "traces" does not take "a" here.']);
  });
});

describe('a log-profile', () => {
  it.each([
    ['log-tag haproxy more', []],
    ['on close format "%ci" sd "%Tq"', []],
    ['on any drop', []],
    ['on http-after-res drop format "%ci"', []],
    ['on quic-init format "$FORMAT"', []],
    ['on', ['2: "on" needs a step.']],
    ['on closed drop', ['2: "closed" is no step that is logged.']],
    ['on close', ['2: "on close" does not say what to log.']],
    ['on close format', ['2: "format" needs a log format.']],
    ['on close format "%ci" drop', ['2: "on close" does not know "drop".']],
    ['on close format "%zz"', ['2: "%zz" is no alias of log formats.']],
    ['log-tag', ['2: "log-tag" needs <text> after "log-tag".']],
    ['format x', ['2: Unknown keyword "format" in "log-profile".']],
  ])('%s', (line, expected) => {
    expect(found(`log-profile p\n ${line}`, '3.2')).toEqual(expected);
  });

  it('has one name of its own', () => {
    expect(found('log-profile\n log-tag a', '3.2')).toEqual(['1: "log-profile" needs a name.']);
    expect(found('log-profile a b', '3.2')).toEqual(['1: "log-profile" does not take "b" here.']);
    expect(found('log-profile a\nlog-profile a', '3.2')).toEqual(['2: "a" already names a log-profile.']);
  });
});

describe('an acme section', () => {
  it.each([
    ['challenge HTTP-01', '3.2', []],
    ['challenge dns-01', '3.4', []],
    ['challenge-ready cli,dns', '3.4', []],
    ['dns-delay 30s', '3.4', []],
    ['account-key /a/b.key', '3.2', []],
    ['keytype ECDSA', '3.2', []],
    ['bits 4096', '3.2', []],
    ['reuse-key off', '3.4', []],
    ['challenge mail', '3.2', ['5: "mail" is not http-01, dns-01 or dns-persist-01.']],
    [
      'challenge-ready none,cli',
      '3.4',
      ['5: "none,cli" is not none, or cli, dns and delay divided by commas.'],
    ],
    ['keytype DSA', '3.2', ['5: "keytype" does not know "DSA".']],
    ['bits many', '3.2', ['5: "many" is not a whole number.']],
    ['profile a/b', '3.4', ['5: "a/b" is not a name of letters, digits, "-" and "_".']],
    ['contact', '3.2', ['5: "contact" needs <text> after "contact".']],
    ['contact a@b c@d', '3.2', ['5: "contact" does not take "c@d" here.']],
    ['profile tls', '3.2', ['5: HAProxy 3.2 does not know "profile" in "acme".']],
  ])('%s for %s', (line, version, expected) => {
    expect(found(`${ACME} ${line}`, version)).toEqual(expected);
  });

  it('is refused as a whole where nothing above allows experimental directives', () => {
    expect(found('acme le\n challenge mail', '3.2')).toEqual([
      '1: "acme" is experimental, and nothing above allows that.',
    ]);
  });
});
