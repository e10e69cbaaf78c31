import { describe, expect, it } from 'vitest';
import { describeTarget, dialCommand } from '../../../../src/transport/docker/dialed-stream';

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

  it('an end of one side is waited for longer than a stream that ends as a whole', () => {
    const target = { host: '127.0.0.1', port: 5432 };
    expect(dialCommand(target).slice(3, 5)).toEqual(['-t', '60']);
    expect(dialCommand(target, { endTogether: true }).slice(3, 5)).toEqual(['-t', '0.1']);
  });

  it('a port that nobody listens at is tried again for as long as the caller is patient', () => {
    const target = { host: '127.0.0.1', port: 5432 };
    expect(dialCommand(target, { patienceMs: 5_000 }).at(-1)).toBe(
      'TCP:127.0.0.1:5432,connect-timeout=10,nodelay,retry=20,interval=0.25',
    );
    expect(dialCommand(target, { patienceMs: 0 }).at(-1)).toBe(dialCommand(target).at(-1));
  });

  it('is described as people write it', () => {
    expect(describeTarget({ host: 'node1', port: 80 })).toBe('node1:80');
    expect(describeTarget({ path: '/run/x' })).toBe('/run/x');
  });
});
