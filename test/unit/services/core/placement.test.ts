import { describe, expect, it } from 'vitest';
import { listenAddresses } from '../../../../src/services/core/placement';

const node = { name: 'node1', address: '10.0.0.1' };

describe('listen addresses', () => {
  it.each([
    ['0.0.0.0', ['10.0.0.1', '127.0.0.1']],
    ['*', ['10.0.0.1', '127.0.0.1']],
    ['', ['10.0.0.1', '127.0.0.1']],
    ['10.0.0.1', ['10.0.0.1', '127.0.0.1']],
    ['10.0.0.1 127.0.0.1', ['10.0.0.1', '127.0.0.1']],
    ['10.0.0.1,10.0.0.9', ['10.0.0.1', '10.0.0.9', '127.0.0.1']],
    ['localhost', ['127.0.0.1']],
  ])('of %j leave the virtual address to HAProxy', (bind, expected) => {
    expect(listenAddresses(bind, node)).toEqual(expected);
  });
});
