import { createHash, X509Certificate } from 'node:crypto';
import { der, identifier, sequence, text } from './der';

/** The parts of a name that a lab's authority has. */
const TYPES: Readonly<Record<string, string>> = { O: '2.5.4.10', CN: '2.5.4.3' };

/**
 * The name under which OpenSSL finds an authority in a folder of certificates (`c_rehash`): a digest of its subject, each value
 * in small letters and with single blanks.
 * @param certificate PEM, of a lab's authority. @throws when it is no certificate
 */
export function directoryName(certificate: string): string {
  const parts = new X509Certificate(certificate).subject.split('\n').map((part) => {
    const [, type = '', value = ''] = /^(\w+)=(.*)$/.exec(part) ?? [];
    const plain = value.trim().replace(/\s+/g, ' ').toLowerCase();
    return der(0x31, sequence(identifier(TYPES[type] ?? ''), text(plain)));
  });
  const digest = createHash('sha1').update(Buffer.concat(parts)).digest();
  return `${digest.readUInt32LE(0).toString(16).padStart(8, '0')}.0`;
}
