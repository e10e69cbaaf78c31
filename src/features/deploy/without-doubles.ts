/** The part of a vscode.Diagnostic that tells whether two say the same. */
interface Told {
  readonly code?: string | number | { readonly value: string | number } | undefined;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

/**
 * Those of the own diagnostics that nobody else shows.
 * @param all everything that is shown at the file, the own ones among it
 */
export function withoutDoubles<T extends Told>(own: readonly T[], all: readonly Told[]): readonly T[] {
  const count = (list: readonly Told[], key: string): number =>
    list.filter((one) => keyOf(one) === key).length;
  return own.filter((one) => count(all, keyOf(one)) <= count(own, keyOf(one)));
}

function keyOf({ code, range: { start } }: Told): string {
  const id = typeof code === 'object' ? code.value : code;
  return `${id ?? ''} ${start.line}:${start.character}`;
}
