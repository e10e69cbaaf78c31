import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { scramVerifier, verifierWithSalt } from '../../../../src/services/core/scram';

describe('the SCRAM verifier', () => {
  // The exchange printed in RFC 7677, section 3.
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
  const message =
    `n=user,r=rOprNGfwEbeRWgbNEkqO,` + `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,` + `c=biws,r=${nonce}`;
  const proof = Buffer.from('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', 'base64');
  const keys = (verifier: string): readonly Buffer[] =>
    (verifier.split('$')[2] ?? '').split(':').map((key) => Buffer.from(key, 'base64'));
  const hmac = (key: Buffer): Buffer => createHmac('sha256', key).update(message).digest();

  it("accepts the client's proof of the RFC and signs as its server does", () => {
    const [storedKey = Buffer.of(), serverKey = Buffer.of()] = keys(verifierWithSalt('pencil', salt));
    const signature = hmac(storedKey);
    const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)));
    expect(createHash('sha256').update(clientKey).digest()).toEqual(storedKey);
    expect(hmac(serverKey).toString('base64')).toBe('6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
  });

  it('is the same for the same role and password, and for no other', () => {
    expect(scramVerifier('gitlab', 'pencil')).toBe(scramVerifier('gitlab', 'pencil'));
    expect(scramVerifier('gitlab', 'pencil')).not.toBe(scramVerifier('pgbouncer', 'pencil'));
    expect(scramVerifier('gitlab', 'pencil')).not.toBe(scramVerifier('gitlab', 'pen'));
    expect(scramVerifier('gitlab', 'pencil')).toMatch(
      /^SCRAM-SHA-256\$4096:[\w+/]{22}==\$[\w+/]{43}=:[\w+/]{43}=$/,
    );
  });
});
