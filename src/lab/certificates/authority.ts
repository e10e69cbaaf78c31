import { createHash, hkdfSync } from 'node:crypto';
import { isIP } from 'node:net';
import { bits, der, identifier, inContext, integerOf, octets, pem, sequence, text, time, TRUE } from './der';
import { EcKey } from './ec-key';

/** What a server of the lab proves itself with. */
export interface ServerCertificate {
  /** PEM: the server's certificate; clients have the authority's. */
  readonly certificate: string;
  /** PEM, PKCS #8. Secret. */
  readonly key: string;
}

export interface CertificateRequest {
  /** Tells the keys of one authority's servers apart; stays the same as long as the key should. */
  readonly id: string;
  /** Host names and IPv4 addresses; the first is the subject. */
  readonly names: readonly string[];
  /** Milliseconds since the epoch. The certificate holds to the end of the next year; in the next one it is another. */
  readonly at: number;
}

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';
const SUBJECT_KEY_ID = '2.5.29.14';
const KEY_USAGE = '2.5.29.15';
const ALTERNATIVE_NAMES = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';
const AUTHORITY_KEY_ID = '2.5.29.35';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/** keyCertSign and cRLSign, then digitalSignature: which bits, from the left. */
const SIGNS_CERTIFICATES = bits(Buffer.from([0b0000_0110]), 1);
const SIGNS_HANDSHAKES = bits(Buffer.from([0b1000_0000]), 7);

/**
 * The certificate authority of one lab: what its servers' certificates are signed with. Everything follows from the secret and
 * the lab's name, so two deployments make the same certificates, byte for byte.
 */
export class Authority {
  private readonly key: EcKey;
  private readonly name: Buffer;

  /** @param secret at least 64 hexadecimal digits, random per lab */
  constructor(
    private readonly secret: string,
    private readonly lab: string,
  ) {
    this.key = EcKey.of(this.derived('authority'));
    this.name = nameOf(`HA Lab CA (${lab})`);
  }

  /** PEM: what clients are given to trust. It holds for as long as the lab may live. */
  get certificate(): string {
    return this.signed({
      subject: this.name,
      key: this.key,
      from: Date.UTC(2020, 0, 1),
      until: Date.UTC(2049, 11, 31),
      extensions: [
        extension(BASIC_CONSTRAINTS, sequence(TRUE), 'critical'),
        extension(KEY_USAGE, SIGNS_CERTIFICATES, 'critical'),
        extension(SUBJECT_KEY_ID, octets(keyId(this.key))),
      ],
    });
  }

  /** A server's certificate and key. @throws RangeError when it has no name */
  issue({ id, names, at }: CertificateRequest): ServerCertificate {
    const [first] = names;
    if (first === undefined) throw new RangeError(`the certificate of ${id} needs a name`);
    const key = EcKey.of(this.derived(`server ${id}`));
    const year = new Date(at).getUTCFullYear();
    const certificate = this.signed({
      subject: nameOf(first),
      key,
      from: Date.UTC(year, 0, 1),
      // Some clients take none that holds for more than 825 days.
      until: Date.UTC(year + 1, 11, 31),
      extensions: [
        extension(BASIC_CONSTRAINTS, sequence(), 'critical'),
        extension(KEY_USAGE, SIGNS_HANDSHAKES, 'critical'),
        extension(EXTENDED_KEY_USAGE, sequence(identifier(SERVER_AUTH))),
        extension(SUBJECT_KEY_ID, octets(keyId(key))),
        extension(AUTHORITY_KEY_ID, sequence(der(0x80, keyId(this.key)))),
        extension(ALTERNATIVE_NAMES, sequence(...names.map(alternativeName))),
      ],
    });
    return { certificate, key: key.pem };
  }

  private signed({ subject, key, from, until, extensions }: ToSign): string {
    const algorithm = sequence(identifier(ECDSA_WITH_SHA256));
    const rest = [
      algorithm,
      this.name,
      sequence(time(new Date(from)), time(new Date(until))),
      subject,
      key.publicKey,
      inContext(3, sequence(...extensions)),
    ];
    const version3 = inContext(0, integerOf(2));
    // Another content has another number, as clients expect of one authority.
    const serial = integerOf(
      BigInt(
        `0x01${sha256(...rest)
          .toString('hex')
          .slice(0, 30)}`,
      ),
    );
    const content = sequence(version3, serial, ...rest);
    return pem('CERTIFICATE', sequence(content, algorithm, bits(this.key.sign(sha256(content)))));
  }

  private derived(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.secret, '', `gitlab-ha-lab ${this.lab}: ${purpose}`, 32));
  }
}

interface ToSign {
  readonly subject: Buffer;
  readonly key: EcKey;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  readonly extensions: readonly Buffer[];
}

function nameOf(common: string): Buffer {
  const part = (type: string, value: string): Buffer => der(0x31, sequence(identifier(type), text(value)));
  return sequence(part(ORGANISATION, 'HA Lab for GitLab'), part(COMMON_NAME, common.slice(0, 64)));
}

function extension(id: string, value: Buffer, critical?: 'critical'): Buffer {
  return sequence(identifier(id), ...(critical ? [TRUE] : []), octets(value));
}

function alternativeName(name: string): Buffer {
  if (isIP(name) !== 4) return der(0x82, Buffer.from(name, 'latin1'));
  return der(0x87, Buffer.from(name.split('.').map(Number)));
}

function keyId({ publicPoint }: EcKey): Buffer {
  return sha256(publicPoint).subarray(0, 20);
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}
