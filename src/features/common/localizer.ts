/** The part of `vscode.l10n` the pure models need; the module itself satisfies it. */
export interface Localizer {
  /** Translates a message; `{0}`, `{1}` … stand for the arguments. */
  t(message: string, ...args: (string | number | boolean)[]): string;
}
