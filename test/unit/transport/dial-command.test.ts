import { describe, expect, it } from 'vitest';
import { describeTarget, dialCommand } from '../../../src/transport/dialed-stream';

describe('the address given to socat', () => {
  it.each([
    [{ host: '127.0.0.1', port: 5432 }, 'TCP:127.0.0.1:5432,connect-timeout=10,nodelay'],
    [{ path: '/run/haproxy/admin.sock' }, 'UNIX-CONNECT:/run/haproxy/admin.sock'],
    [{ path: '/run/a,exec:id.sock' }, 'UNIX-CONNECT:/run/a\\,exec\\:id.sock'],
    [{ path: '/run/a!!SYSTEM.sock' }, 'UNIX-CONNECT:/run/a\\!\\!SYSTEM.sock'],
    [{ path: '/run/"quoted\'\\.sock' }, 'UNIX-CONNECT:/run/\\"quoted\\\'\\\\.sock'],
  ])('%j is %s', (target, address) => {
    expect(dialCommand(target).at(-1)).toBe(address);
  });

  it('is described as people write it', () => {
    expect(describeTarget({ host: 'node1', port: 80 })).toBe('node1:80');
    expect(describeTarget({ path: '/run/x' })).toBe('/run/x');
  });
});
