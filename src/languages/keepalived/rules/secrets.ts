/** Keywords with a password behind them, also misspelt: findings are read where none may stand, and do not repeat it. */
const SECRET = /^auth_?p|pass/i;

/** True for a keyword with a password behind it. */
export function isSecret(keyword: string): boolean {
  return SECRET.test(keyword);
}

/** Words as a finding may show them: of a keyword and the password written to it only the keyword. */
export function shownWord(written: string): string {
  const [, keyword = '', sign = ''] = /^(\w+)(\W)/.exec(written) ?? [];
  return isSecret(keyword) ? `${keyword}${sign}…` : written;
}
