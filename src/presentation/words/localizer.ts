/** The part of `vscode.l10n` the pure models need; the module itself satisfies it. */
export interface Localizer {
  /** Translates a message; `{0}`, `{1}` … stand for the arguments. */
  t(message: string, ...args: (string | number | boolean)[]): string;
}

/** The words as they stand in the code, for programs that speak English only; also what VS Code does untranslated. */
export const ENGLISH: Localizer = {
  t: (message, ...args) => message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};
