/** A cryptographic source: `randomBytes` of node:crypto. */
export type RandomBytes = (size: number) => Buffer;

/**
 * A secret of a lab: made up at its first deployment, kept in its nodes only. It is also the token by which renderers
 * ask for it.
 */
export interface Secret<N extends string = string> {
  /** Its name among the lab's secrets; nodes of older labs know it by this name, so it stays. */
  readonly name: N;
  generate(randomBytes: RandomBytes): string;
}

/** A secret of a form of its own. */
export function secret<const N extends string>(
  name: N,
  generate: (randomBytes: RandomBytes) => string,
): Secret<N> {
  return { name, generate };
}

/** A password of 24 random bytes. Hexadecimal, because passwords end up in URLs, INI files and shell words. */
export function password<const N extends string>(name: N): Secret<N> {
  return secret(name, (randomBytes) => randomBytes(24).toString('hex'));
}
