import { expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

/** Severity, id and message of what is told of lines of the global section, of which the first begins at line 2. */
const told = (lines: string, version: string): string[] => {
  const text = `global\n${lines}\ndefaults\n    mode tcp\n    timeout connect 5s\n    timeout client 1m\n    timeout server 1m\nlisten a\n    bind 10.0.0.1:80\n    server s 10.0.0.2:80 check\n`;
  const last = lines.split('\n').length;
  return lintHaproxy(readHaproxy(text, version), 'haproxy.cfg')
    .filter(({ range }) => range.start.line >= 1 && range.start.line <= last)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ severity, code, message }) => `${severity} ${code} ${message}`);
};

// As 2.6.12, 3.0.11, 3.2.26 and 3.4.7 take them.
it.each([
  ['setcap', '3.0', ['error HAP017 "setcap" needs <capabilities> after "setcap".']],
  ['setcap cap_net_raw', '3.0', []],
  ['setcap cap_all', '3.0', ['error HAP019 "cap_all" is not one of the words allowed here.']],
  ['setcap cap_net_raw', '2.6', ['error HAP015 HAProxy 2.6 does not know "setcap" in "global".']],
  ['cpu-policy group-by-2-ccx', '3.2', []],
  ['cpu-policy fast', '3.2', ['error HAP019 "fast" is not one of the words allowed here.']],
  ['thread-hard-limit 16', '3.0', []],
  [
    'thread-hard-limit 99999999999',
    '3.0',
    ['error HAP020 "99999999999" is not a whole number from 1 to 2147483647.'],
  ],
  ['cpu-map 1 0-1023', '3.0', []],
  ['cpu-map 1 0-1024', '3.0', ['error HAP020 There is no CPU above 1023.']],
  ['mworker-max-reloads', '3.0', ['error HAP017 "mworker-max-reloads" needs a value.']],
  ['mworker-max-reloads', '2.6', []],
  ['set-dumpable', '3.0', []],
  ['set-dumpable libs', '3.0', ['error HAP015 HAProxy 3.0 takes nothing behind "set-dumpable".']],
  ['set-dumpable libs', '3.2', []],
  ['tune.notsent-lowat.client 16k', '3.2', []],
  ['tune.notsent-lowat.client 0x10', '3.2', ['error HAP022 "0x10" is not a size.']],
  ['tune.quic.frontend.glitches-threshold 0', '3.2', ['error HAP019 "0" is not a number other than 0.']],
  ['tune.maxpollevents 1000001', '3.2', ['error HAP020 "1000001" is more than 1000000.']],
  ['tune.maxpollevents 1000001', '3.0', []],
  ['nbthread 1024', '3.2', []],
  ['nbthread 1025', '3.2', ['error HAP020 "1025" is not a whole number from 1 to 1024.']],
  ['nbthread 65', '2.6', ['error HAP020 "65" is not a whole number from 1 to 64.']],
  ['tune.quic.frontend.stream-data-ratio 101', '3.4', ['error HAP020 "101" is not within 1 and 100.']],
  ['ssl-load-extra-files all', '3.0', []],
  ['ssl-load-extra-files issuer issuer', '3.0', []],
  [
    'ssl-load-extra-files none issuer',
    '2.6',
    ['error HAP018 "none" is allowed alone only: HAProxy refuses other words beside it.'],
  ],
  [
    'ssl-load-extra-files issuer all',
    '3.4',
    ['error HAP018 "all" is allowed alone only: HAProxy refuses other words beside it.'],
  ],
  ['ssl-load-extra-files "${KINDS}" all', '3.2', []],
  ['ssl-load-extra-files x', '3.0', ['error HAP019 "ssl-load-extra-files" does not know "x".']],
  ['cpu-set', '3.2', ['error HAP017 "cpu-set" needs <directive> after "cpu-set".']],
  ['cpu-set reset', '3.4', []],
  ['tune.epoll.mask-events err,hup', '3.0', []],
  ['tune.epoll.mask-events in', '3.0', ['error HAP019 "in" is not one of the words allowed here.']],
  ['tune.lua.openlibs table,io', '3.4', []],
  ['tune.lua.openlibs net', '3.4', ['error HAP019 "net" is not one of the words allowed here.']],
  ['warn-blocked-traffic-after 100ms', '3.2', []],
  ['warn-blocked-traffic-after 2s', '3.2', ['error HAP021 "2s" is not within 1 ms and 1 s.']],
  ['http-fail-codes 500-599,-503', '3.4', []],
  ['http-fail-codes many', '3.4', ['error HAP019 "many" is no list of status codes.']],
  ['max-threads-per-group 65', '3.4', ['error HAP020 "65" is not a whole number from 1 to 64.']],
  [
    'tune.quic.be.stream.rxbuf 99999999999',
    '3.4',
    ['error HAP022 "99999999999" is more than HAProxy can count.'],
  ],
  ['ocsp-update.maxdelay 5', '3.2', ['error HAP020 "5" is below "ocsp-update.mindelay", which is 300.']],
  ['ocsp-update.mindelay 5\nocsp-update.maxdelay 5', '3.2', []],
  [
    'ocsp-update.mindelay 4000',
    '3.2',
    ['error HAP020 "4000" is above "ocsp-update.maxdelay", which is 3600.'],
  ],
])('%s with %s', (lines, version, expected) => {
  expect(told(lines, version)).toEqual(expected);
});
