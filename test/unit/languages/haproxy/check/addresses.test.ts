import { expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

const messages = (address: string): string[] => {
  const text = `global\n    maxconn 100\ndefaults\n    mode tcp\n    timeout connect 5s\n    timeout client 1m\n    timeout server 1m\nlisten a\n    bind 10.0.0.1:80\n    server s ${address} check\n`;
  return lintHaproxy(readHaproxy(text, '3.0'), 'haproxy.cfg')
    .filter(({ code }) => code === 'HAP023')
    .map(({ message }) => message);
};

it.each([
  ['10.0.0.300:80', ['"10.0.0.300" in "10.0.0.300:80" is no IP address: 300 is more than 255.']],
  ['10.0.0.300', ['"10.0.0.300" in "10.0.0.300" is no IP address: 300 is more than 255.']],
  ['http://10.0.0.30:80', ['"http://10.0.0.30:80" is a URL; HAProxy takes it for the name of a host.']],
  ['https://n/path', ['"https://n/path" is a URL; HAProxy takes it for the name of a host.']],
  ['10.0.0.30:80', []],
  ['node.example.com:80', []],
])('the address %s of a server', (address, expected) => {
  expect(messages(address)).toEqual(expected);
});

it.each([
  ['10.0.0.300:80', 'error'],
  ['10.0.0.300:80 init-addr last,libc,none', 'warning'],
  ['10.0.0.300:80 init-addr last', 'error'],
  ['http://10.0.0.30:80 init-addr none', 'warning'],
])('HAProxy starts without the address of a server that may have none: %s', (address, severity) => {
  const text = `defaults\n    mode tcp\nlisten a\n    bind 10.0.0.1:80\n    server s ${address}\n`;
  const found = lintHaproxy(readHaproxy(text, '3.0'), 'haproxy.cfg').filter(({ code }) => code === 'HAP023');
  expect(found.map((finding) => finding.severity)).toEqual([severity]);
});

it.each([
  ['2.6', 'warning HAP014 "bind-process" has no effect any more and ends with HAProxy 2.7.'],
  ['3.0', 'error HAP013 "bind-process" was removed in HAProxy 2.7.'],
])('bind-process with %s', (version, expected) => {
  const text = 'defaults\n    mode tcp\nlisten a\n    bind 10.0.0.1:80\n    bind-process 1\n';
  const found = lintHaproxy(readHaproxy(text, version), 'haproxy.cfg').filter(
    ({ range }) => range.start.line === 4,
  );
  expect(found.map(({ severity, code, message }) => `${severity} ${code} ${message}`)).toEqual([expected]);
});
