/** The part of `vscode.l10n` the pure models need; the module itself satisfies it. */
export interface Localizer {
  /** Translates a message; `{0}`, `{1}` … stand for the arguments. */
  t(message: string, ...args: Argument[]): string;
}

type Argument = string | number | boolean;

function filled(message: string, args: readonly Argument[]): string {
  return message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)]));
}

/** The words as they stand in the code, for programs that speak English only; also what VS Code does untranslated. */
export const ENGLISH: Localizer = { t: (message, ...args) => filled(message, args) };

/**
 * Words that stand as data where they belong, such as the title of a layer or what a fault does: scripts/l10n.mjs collects
 * them from there.
 */
export function declared(words: string, l10n: Localizer): string {
  return l10n.t(words);
}

/** The words of a bundle, from the message in the code to its translation; what it does not have stays English. */
export function translated(bundle: Readonly<Record<string, string>>): Localizer {
  const words = new Map(Object.entries(bundle));
  return { t: (message, ...args) => filled(words.get(message) ?? message, args) };
}
