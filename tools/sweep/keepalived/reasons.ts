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
    outcome: 'mistaken',
    said: /KAD022 "" is not a number/,
    why: 'an empty text where a number belongs: -t says nothing, and another number is taken than anybody meant',
  },
  {
    outcome: 'mistaken',
    said: /^KAD020/,
    why: 'an argument left out at the end of a line: -t says nothing, and the setting is not made',
  },
  {
    outcome: 'mistaken',
    said: /^KAD023/,
    why: 'a word a switch does not know: -t says nothing, and the switch is not what was written',
  },
  {
    outcome: 'mistaken',
    said: /^KAD021|^KAD024|^KAD022 "65536"/,
    why: 'a word too many, a mask left empty, a weight beyond those of the kernel: -t says nothing of them',
  },
  {
    outcome: 'mistaken',
    said: /^KAD005|^KAD043/,
    why: 'a block that is opened and never filled: -t says nothing, and it does nothing',
  },
  {
    outcome: 'missed',
    said: /^Unknown keyword/,
    why: 'keywords of later releases than the one that judged: a file is read without a version',
  },
  {
    outcome: 'missed',
    said: /requires|without|only applies|only valid|ignoring owner_ignore|ignoring weight|already specified|configured on|hysteresis|Cannot specify|address family|before or/,
    why: 'a setting that counts only beside another one, or not beside another one',
  },
  {
    outcome: 'missed',
    said: /umask|hex string|digest|status code|include_check|init option|smtp server|smtp_conect|non-empty path|script|multicast|invalid IP|broadcast|scope|rule|Routing table|missing a parameter|VMAC|real-time|no preference|regex|delays?\b|ip_?family|persistence|protocol|interface name|namespace|label/i,
    why: 'words of rare settings, of routes and of rules, which are passed on as they are',
  },
  {
    outcome: 'missed',
    said: /^(invalid|negative) number|^number '|outside/,
    why: 'numbers among words that may be something else, as in routes and for mail servers',
  },
  {
    outcome: 'other line',
    said: /^/,
    group: /^twice$/,
    why: 'a line that stands there twice: what is wrong with it is told once',
  },
  {
    outcome: 'other line',
    said: /^Unknown keyword/,
    why: 'keywords of later releases than the one that judged, with what follows from them',
  },
  {
    outcome: 'other line',
    said: /^Missing '\{'| - (skipping|ignoring|removing)$|missing '\}'s/,
    why: 'a block that lacks something: Keepalived names its end, we its beginning',
  },
];

/** Why a difference stays; undefined for one nobody has looked at. */
export function reasonFor(outcome: Outcome, said: string, group: string): string | undefined {
  return REASONS.find(
    (reason) => reason.outcome === outcome && reason.said.test(said) && (reason.group?.test(group) ?? true),
  )?.why;
}
