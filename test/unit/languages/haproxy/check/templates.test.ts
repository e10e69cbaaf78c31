import { describe, expect, it } from 'vitest';
import { found, inBack, inFront } from './small-file';

describe('the port of servers below a default-server line', () => {
  it.each([
    [['default-server check', 'server-template w 2 10.30.0.12'], ['error HAP325 10.30.0.12']],
    [['server-template w 2 10.30.0.12', 'default-server check'], []],
    [['default-server check port 80', 'server-template w 2 10.30.0.12'], []],
  ])('%j', (lines, expected) => {
    expect(found(inBack(...lines))).toEqual(expected);
  });
});

describe('servers that a template makes', () => {
  it.each([
    [['server-template w 1-3 10.30.0.12:80', 'server w2 10.30.0.13:80 check'], ['error HAP046 w2']],
    [['server w2 10.30.0.13:80 check', 'server-template w 1-3 10.30.0.12:80'], ['error HAP046 w']],
    [['server-template w 3 10.30.0.12:80', 'server-template w 2-5 10.30.0.12:80'], ['error HAP046 w']],
    [['server-template w1 3 10.30.0.12:80', 'server w12 10.30.0.12:80 check'], ['error HAP046 w12']],
    [['server-template w 2 10.30.0.12:80', 'server w3 10.30.0.12:80 check'], []],
    [['server-template w 2 10.30.0.12:80', 'server w02 10.30.0.12:80 check'], []],
    [['server-template w 2 10.30.0.12:80', 'server-template w 3-4 10.30.0.12:80'], []],
    [['server-template w 3-1 10.30.0.12:80'], ['error HAP020 3-1']],
    [['server-template w 0 10.30.0.12:80'], ['error HAP020 0']],
    [['server-template w 0-2 10.30.0.12:80', 'server w0 10.30.0.12:80 check'], ['error HAP046 w0']],
    [['server-template w 3-3 10.30.0.12:80'], []],
  ])('%j', (lines, expected) => {
    expect(found(inBack(...lines))).toEqual(expected);
  });
});

describe('what HAProxy accepts', () => {
  it.each([
    ['acl a path -m regm ^/x', '3.0', []],
    ['acl a path -m regm [', '3.0', ['error HAP028 [']],
    ['use_backend app if', '3.4', ['warning HAP036 if']],
    ['tcp-request content reject unless', '3.0', ['warning HAP036 unless']],
    ['stick-table type ipv4 size 1m', '3.2', []],
    ['stick-table type ipv4 size 1m', '3.0', ['error HAP019 ipv4']],
    ['stick-table type ipv4', '3.4', ['error HAP017 stick-table']],
    ['bind ::1:81', '3.0', []],
    ['bind fd00::1', '3.0', ['error HAP023 fd00::1']],
  ])('%s with %s', (line, version, expected) => {
    expect(found(inFront(line), version)).toEqual(expected);
  });
});
