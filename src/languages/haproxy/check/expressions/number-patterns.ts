/**
 * Patterns of numbers in ACLs: `80`, `80:90`, `80:`, `:90`, with a dash as well as with a colon. A dash at the
 * beginning makes a range without a lower end, so that `-5` means "at most 5".
 */
const SINGLE = /^\d+$/;
const UP_TO = /^[:-](-\d*|\d+)$/;
const FROM = /^\d+[:-]$/;
const BETWEEN = /^(\d+)[:-](-\d*|\d+)$/;

/** `eq` and its like hold for the patterns behind them. */
const OPERATORS = new Set(['eq', 'ge', 'gt', 'le', 'lt']);

export function isNumberOperator(text: string): boolean {
  return OPERATORS.has(text);
}

/** True when HAProxy reads the text as a number or range behind the given operator. */
export function isNumberPattern(text: string, operator: string): boolean {
  const plain = !/[:-]/.test(text);
  // Behind other operators than eq HAProxy reads up to a dot and ignores the rest.
  if (plain && operator !== 'eq') return /^\d+(\..*)?$/s.test(text);
  if (SINGLE.test(text) || UP_TO.test(text) || FROM.test(text)) return true;
  const range = BETWEEN.exec(text);
  if (range === null) return false;
  const last = range[2] === '-' ? 0 : Number(range[2]);
  return Number(range[1]) <= last;
}
