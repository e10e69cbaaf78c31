import { createECDH, createHmac } from 'node:crypto';
import { bits, identifier, inContext, integerOf, octets, pem, sequence } from './der';

/** Order of the curve's group. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const CURVE = 'prime256v1';
const BYTES = 32;

export const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
export const P256 = '1.2.840.10045.3.1.7';

/**
 * A key on P-256 that follows from a secret alone, and signs the same words with the same signature (RFC 6979): so what is
 * planned twice is planned the same, and one short secret is all that has to be kept.
 */
export class EcKey {
  /** @param scalar from 1 to the order of the curve's group less one */
  constructor(private readonly scalar: bigint) {}

  /** @param secret at least 32 random bytes */
  static of(secret: Uint8Array): EcKey {
    // One more than a remainder: never zero.
    return new EcKey((numberOf(hmac(secret, Buffer.from('P-256'))) % (ORDER - 1n)) + 1n);
  }

  /** The point, uncompressed. */
  get publicPoint(): Buffer {
    return multiple(this.scalar);
  }

  /** PKCS #8. */
  get pem(): string {
    const own = sequence(integerOf(1), octets(bytesOf(this.scalar)), inContext(1, bits(this.publicPoint)));
    return pem('PRIVATE KEY', sequence(integerOf(0), algorithm(), octets(own)));
  }

  /** SubjectPublicKeyInfo in DER. */
  get publicKey(): Buffer {
    return sequence(algorithm(), bits(this.publicPoint));
  }

  /** ECDSA over a SHA-256 digest, in DER. */
  sign(digest: Uint8Array): Buffer {
    const z = numberOf(digest) % ORDER;
    for (const k of nonces(this.scalar, digest)) {
      const r = numberOf(multiple(k).subarray(1, 1 + BYTES)) % ORDER;
      const s = (inverse(k) * (z + r * this.scalar)) % ORDER;
      if (r !== 0n && s !== 0n) return sequence(integerOf(r), integerOf(s));
    }
    throw new Error('no nonce was found');
  }
}

function algorithm(): Buffer {
  return sequence(identifier(EC_PUBLIC_KEY), identifier(P256));
}

/** The base point so many times. */
function multiple(scalar: bigint): Buffer {
  const exchange = createECDH(CURVE);
  exchange.setPrivateKey(bytesOf(scalar));
  return exchange.getPublicKey();
}

/** Candidates for k as RFC 6979, section 3.2 makes them. */
function* nonces(scalar: bigint, digest: Uint8Array): Generator<bigint> {
  const seed = Buffer.concat([bytesOf(scalar), bytesOf(numberOf(digest) % ORDER)]);
  let v: Buffer = Buffer.alloc(BYTES, 1);
  let key: Buffer = Buffer.alloc(BYTES, 0);
  for (const step of [0, 1]) {
    key = hmac(key, v, Buffer.from([step]), seed);
    v = hmac(key, v);
  }
  for (;;) {
    v = hmac(key, v);
    const k = numberOf(v);
    if (k > 0n && k < ORDER) yield k;
    key = hmac(key, v, Buffer.from([0]));
    v = hmac(key, v);
  }
}

/** Modular inverse, by Euclid. */
function inverse(value: bigint): bigint {
  let [before, now] = [ORDER, value % ORDER];
  let [factorBefore, factor] = [0n, 1n];
  while (now !== 0n) {
    const times = before / now;
    [before, now] = [now, before - times * now];
    [factorBefore, factor] = [factor, factorBefore - times * factor];
  }
  return ((factorBefore % ORDER) + ORDER) % ORDER;
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  return createHmac('sha256', key).update(Buffer.concat(parts)).digest();
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function bytesOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(BYTES * 2, '0'), 'hex');
}
