import { secret } from './core/secrets';
import type { RandomBytes, Secret } from './core/secrets';
import { SERVICES } from './registry';
import type { SecretName } from './registry';

/** Random per lab; lives only inside the lab's nodes (/etc/gitlab/gitlab-secrets.json, mode 0600). */
export type LabSecrets = { readonly [N in LabSecretName]: string };

type LabSecretName = SecretName | (typeof CERTIFICATE_AUTHORITY)['name'];

/** Of the lab as a whole: what its certificates follow from (src/lab/certificates). */
export const CERTIFICATE_AUTHORITY = secret('certificateAuthority', (randomBytes) =>
  randomBytes(32).toString('hex'),
);

const SECRETS: readonly Secret[] = [
  ...SERVICES.flatMap(({ secrets = [] }) => secrets),
  CERTIFICATE_AUTHORITY,
];

/** Those of them that a lab has already: an older version may have made fewer. */
export type KnownSecrets = Partial<LabSecrets>;

/** The secrets a lab has, and new ones for those it lacks. */
export function completeSecrets(known: KnownSecrets, randomBytes: RandomBytes): LabSecrets {
  const made = SECRETS.filter(({ name }) => !(name in known)).map((token) => [
    token.name,
    token.generate(randomBytes),
  ]);
  return { ...known, ...Object.fromEntries(made) } as LabSecrets;
}

/** True when nothing is missing. */
export function isComplete(known: KnownSecrets): known is LabSecrets {
  return SECRETS.every(({ name }) => name in known);
}

/** Those entries that are secrets of this version. */
export function knownSecrets(record: Readonly<Record<string, unknown>>): KnownSecrets {
  const found = SECRETS.flatMap(({ name }) => {
    const value = record[name];
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  return Object.fromEntries(found) as KnownSecrets;
}

/** One secret of a lab. */
export function secretOf(secrets: LabSecrets, { name }: Secret): string {
  // A token's name is its place: the type above is made of the same list.
  return secrets[name as LabSecretName];
}
