import { createHash, createPrivateKey, createPublicKey, createVerify, X509Certificate } from 'node:crypto';
import { createServer, connect } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Authority } from '../../../../src/lab/certificates/authority';
import { EcKey } from '../../../../src/lab/certificates/ec-key';

const SECRET = 'a1'.repeat(32);
const IN_2026 = Date.UTC(2026, 10, 29, 12);
const REQUEST = { id: 'store', names: ['object-storage', 'store.example.com', '172.30.0.240'], at: IN_2026 };

describe('certificates of a lab', () => {
  const authority = new Authority(SECRET, 'sample');
  const own = new X509Certificate(authority.certificate);
  const issued = authority.issue(REQUEST);
  const server = new X509Certificate(issued.certificate);

  it('the authority signs itself and may sign others', () => {
    expect(own.subject).toBe('O=HA Lab for GitLab\nCN=HA Lab CA (sample)');
    expect(own.ca).toBe(true);
    expect(own.verify(own.publicKey)).toBe(true);
    expect([own.validFrom, own.validTo]).toEqual(['Jan  1 00:00:00 2020 GMT', 'Dec 31 00:00:00 2049 GMT']);
  });

  it('a server is known by its names, by the authority, for less than 825 days', () => {
    expect(server.ca).toBe(false);
    expect(server.checkIssued(own)).toBe(true);
    expect(server.verify(own.publicKey)).toBe(true);
    expect(server.subjectAltName).toBe('DNS:object-storage, DNS:store.example.com, IP Address:172.30.0.240');
    expect([server.validFrom, server.validTo]).toEqual([
      'Jan  1 00:00:00 2026 GMT',
      'Dec 31 00:00:00 2027 GMT',
    ]);
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('the key is the certificate’s', () => {
    const key = createPrivateKey(issued.key);
    expect(server.checkPrivateKey(key)).toBe(true);
    expect(createPublicKey(key).export({ type: 'spki', format: 'der' })).toEqual(
      server.publicKey.export({ type: 'spki', format: 'der' }),
    );
  });

  it('the same secret makes the same certificates, in the same year', () => {
    const again = new Authority(SECRET, 'sample');
    expect(again.certificate).toBe(authority.certificate);
    expect(again.issue({ ...REQUEST, at: Date.UTC(2026, 0, 1) })).toEqual(issued);
    const later = again.issue({ ...REQUEST, at: Date.UTC(2027, 0, 1) });
    expect(later.key).toBe(issued.key);
    expect(new X509Certificate(later.certificate).serialNumber).not.toBe(server.serialNumber);
  });

  it.each([
    ['another secret', new Authority('b2'.repeat(32), 'sample').certificate],
    ['another lab', new Authority(SECRET, 'other').certificate],
  ])('%s is another authority', (_what, certificate) => {
    expect(server.verify(new X509Certificate(certificate).publicKey)).toBe(false);
  });

  it('two servers of a lab have different keys', () => {
    expect(authority.issue({ ...REQUEST, id: 'entrance' }).key).not.toBe(issued.key);
  });

  it('a certificate without a name is refused', () => {
    expect(() => authority.issue({ ...REQUEST, names: [] })).toThrow(RangeError);
  });

  it.each([
    ['object-storage', true],
    ['172.30.0.240', true],
    ['somewhere-else', false],
  ])('a TLS client that asks for %s is satisfied: %s', async (name, fits) => {
    const listening = createServer({ cert: issued.certificate, key: issued.key });
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const { port } = listening.address() as AddressInfo;
    const known = /^\d/.test(name) ? { host: '127.0.0.1' } : { host: '127.0.0.1', servername: name };
    const client = connect({
      ...known,
      port,
      ca: authority.certificate,
      checkServerIdentity: (_host, certificate) =>
        certificate.subjectaltname?.includes(name) === true ? undefined : new Error('another name'),
    });
    const authorised = await new Promise<boolean>((resolve) => {
      client.once('secureConnect', () => resolve(client.authorized));
      client.once('error', () => resolve(false));
    });
    client.destroy();
    listening.close();
    expect(authorised).toBe(fits);
  });
});

describe('signatures of an EC key', () => {
  it('are those of RFC 6979 (A.2.5, SHA-256, "sample"), and others verify them', () => {
    const key = new EcKey(BigInt('0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721'));
    const signature = key.sign(createHash('sha256').update('sample').digest());
    const r = 'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716';
    const s = 'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8';
    expect(signature.toString('hex')).toBe(`3046022100${r}022100${s}`);
    expect(createVerify('sha256').update('sample').verify(createPublicKey(key.pem), signature)).toBe(true);
  });
});
