export type Outcome =
  /** Both accept, or both name the same lines. */
  | 'agreed'
  /** Keepalived accepts what we call an error. */
  | 'mistaken'
  /** Keepalived names a fault, and we tell nothing that weighs. */
  | 'missed'
  /** We tell something, but not at every line Keepalived names. */
  | 'other line'
  /** A crash, or a fault of the machine that ran it. */
  | 'no verdict';

/** A difference that stays, and why. */
interface Reason {
  readonly outcome: Outcome;
  /** What Keepalived said, or what we said mistakenly. */
  readonly said: RegExp;
  /** Only for cases of these groups. */
  readonly group?: RegExp;
  readonly why: string;
}

const REASONS: readonly Reason[] = [
  {
    outcome: 'missed',
    said: /^number '1023' outside range \[0, \d+\]/,
    why: 'a processor that the machine which judged does not have',
  },
  {
    outcome: 'missed',
    said: /cannot track route .* with no interface specified/,
    why: '2.2 does not follow a route without an interface; the releases after it take it',
  },
  {
    outcome: 'missed',
    said: /^invalid number '0\.001'|outside range \[0\.000000, 2147\.483647\]/,
    why: 'numbers 2.2 does not take yet: the releases after it do',
  },
  {
    outcome: 'other line',
    said: /^/,
    group: /^twice$/,
    why: 'a line that stands there twice: what is wrong with it is told once',
  },
  {
    outcome: 'other line',
    said: /^Unknown keyword|missing '\}'s/,
    group: /^other block$/,
    why: 'a block inside one that does not know it: told once, where the outer one is thought not to be closed or the inner one begins',
  },
  {
    outcome: 'other line',
    said: /ignoring$|without sorry_server$/,
    group: /^braces$/,
    why: 'braces behind a keyword that has no block: what follows from them is not told as well',
  },
];

/** Why a difference stays; undefined for one nobody has looked at. */
export function reasonFor(outcome: Outcome, said: string, group: string): string | undefined {
  return REASONS.find(
    (reason) => reason.outcome === outcome && reason.said.test(said) && (reason.group?.test(group) ?? true),
  )?.why;
}
