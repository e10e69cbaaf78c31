import { expect, it } from 'vitest';
import { Authority } from '../../../../src/lab/certificates/authority';
import { directoryName } from '../../../../src/lab/certificates/directory-name';

// What `openssl x509 -hash -noout` says of the same certificates.
it.each([
  ['my-lab', '5afeee7b.0'],
  ['sample', 'e69f6c2e.0'],
])('OpenSSL finds the authority of lab %s as %s', (lab, name) => {
  expect(directoryName(new Authority('c3'.repeat(32), lab).certificate)).toBe(name);
});
