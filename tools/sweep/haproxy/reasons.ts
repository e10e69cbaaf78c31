import type { Outcome } from './compare';

/** A difference that stays, and why. */
interface Reason {
  readonly outcome: Outcome;
  /** What HAProxy said, or what we said mistakenly. */
  readonly said: RegExp;
  readonly why: string;
}

const REASONS: readonly Reason[] = [
  {
    outcome: 'mistaken',
    said: /what follows the digits is dropped/,
    why: 'a number with something behind it: HAProxy reads another one than is written, and says nothing',
  },
  {
    outcome: 'missed',
    said: /unknown certificate|'unix-bind' : '\S+' unknown (?:user|group)|errorfile : '.*': unable to parse headers|invalid args in converter 'jwt_verify' : \(null\)|unknown provider|unable to allocate ssl context/,
    why: 'files and modules of the machine that judged: a certificate that is not there has no message of its own',
  },
  {
    outcome: 'missed',
    said: /(awslc_api|openssl_version)_(atleast|before)|unparsable conditional expression '(enabled|strstr)/,
    why: 'predicates of newer branches and about the library HAProxy was built with: conditions are read without a version',
  },
  {
    outcome: 'missed',
    said: /unable to find required resolvers ''|'maxconn' : missing value|'-1' is not a valid number\/range/,
    why: 'a value left out at the end of the line, a number below or beyond all bounds: other branches take them',
  },
  {
    outcome: 'missed',
    said: /unable to find the OpenTracing filter|unable to find table '[^']*' referenced by track/,
    why: 'rules that need a filter of an addition to HAProxy, or the table of whoever inherits them',
  },
  {
    outcome: 'missed',
    said: /type of fetch not usable with type of stick-table/,
    why: 'which types a stick table takes depends on casts the keyword listing does not tell',
  },
  {
    outcome: 'missed',
    said: /may not be reliably used here because it needs/,
    why: 'which data a log format has at hand depends on the lines that use it',
  },
  {
    outcome: 'missed',
    said: /http_auth_group\(\): invalid group/,
    why: 'patterns of one fetch that name a group of another section',
  },
  {
    outcome: 'missed',
    said: /can not be lower than|generation, no CA certificate|all SSL\/TLS versions are disabled|non-existing threads/,
    why: 'bounds between settings, one of which is the default of the build or the number of processors',
  },
  {
    outcome: 'missed',
    said: /is not a valid IPv4 or IPv6 address|(forwardfor|originalto) except' expects|invalid address: '[^']*' in|parsing agent-addr failed|Failed to parse destination address|^\[ALERT\] \[x\.cfg:\d+\] : 'server [^']*' : $/,
    why: 'a host name where an address belongs: a warning for us, as it depends on who resolves it; -dr refuses it',
  },
];

/** Why a difference stays; undefined for one nobody has looked at. */
export function reasonFor(outcome: Outcome, said: string): string | undefined {
  return REASONS.find((reason) => reason.outcome === outcome && reason.said.test(said))?.why;
}
