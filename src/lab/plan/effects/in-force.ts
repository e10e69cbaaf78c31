/** The texts of a container's files, by path. */
export type FileTexts = Readonly<Record<string, string>>;

/**
 * What the programs of a container may go by: one version when all is settled; while a change is carried out, and when
 * it was cut short, the old and the new one. Holds secrets: it is kept where only the node's root reads.
 */
export interface InForce {
  readonly versions: readonly FileTexts[];
}

/** The texts of planned files. */
export function textsOf(
  files: readonly { readonly path: string; readonly content: string | Uint8Array }[],
): FileTexts {
  return Object.fromEntries(
    files.map(({ path, content }) => [
      path,
      typeof content === 'string' ? content : Buffer.from(content).toString('base64'),
    ]),
  );
}

/** Reads back what was kept; undefined when the text is none of it. */
export function parseInForce(text: string): InForce | undefined {
  try {
    const value = JSON.parse(text) as Partial<InForce>;
    return Array.isArray(value.versions) && value.versions.length > 0
      ? { versions: value.versions }
      : undefined;
  } catch {
    return undefined; // Cut off by a full disk.
  }
}
