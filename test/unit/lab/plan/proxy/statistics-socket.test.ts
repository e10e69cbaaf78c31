import { describe, expect, it } from 'vitest';
import { declaredSocket } from '../../../../../src/lab/plan/proxy/statistics-socket';

describe("HAProxy's statistics socket", () => {
  it.each([
    [
      'elsewhere',
      'global\n    stats socket /run/other.sock mode 600\n',
      { haproxySocket: '/run/other.sock' },
    ],
    [
      'elsewhere, as an address',
      'global\n    stats socket unix@/run/a.sock\n',
      { haproxySocket: '/run/a.sock' },
    ],
    ['at its usual place', 'global\n    stats socket /run/haproxy/admin.sock\n', {}],
    [
      'at its usual place besides another one',
      'global\n    stats socket /run/other.sock\n    stats socket /run/haproxy/admin.sock\n',
      {},
    ],
    ['at a port only', 'global\n    stats socket ipv4@127.0.0.1:9999\n', {}],
    ['nowhere', 'global\n    daemon\n', {}],
    ['in no file', '', {}],
  ])('is %s', (_case, text, declared) => {
    expect(declaredSocket(text, '3.0')).toEqual(declared);
  });
});
