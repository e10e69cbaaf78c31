/** What the real Keepalived says of configurations. */

/** What `keepalived -t` answered. */
export interface Verdict {
  readonly file: string;
  readonly exit: number;
  readonly messages: readonly string[];
}

/** A fault of the file itself. */
export interface Fault {
  /** Counted from one; undefined for faults of a block as a whole. */
  readonly line: number | undefined;
  readonly message: string;
}

/** What depends on the machine that ran Keepalived. */
const ENVIRONMENT =
  /interface \S+ .*doesn't exist|Non-existent interface|Unknown interface|no interface for|set default user|track script \S+ not found, ignoring|Disabling track script|not found\/accessible|due to insecure|SECURITY VIOLATION|uid\/gid|user .* (unknown|not found)|non-existent|doesn't support|not supported by|kernel|No such file|Permission denied|cannot find an IP address|unable to (open|access|find|read)|Config files? missing|No config files matched|is not accessible|Track file directory|track file directory|WARNING - .* does not|^\s*$|IPVS|ipset|nftables|iptables|Invalid smtp server [A-Za-z]|Routing table \S+ not found|Invalid scope '/i;

/** From here on the program reads lines in another block than they were written for. */
const CASCADE = /Unexpected '\{'|Extra '\}'|Missing '\{'|Unknown keyword '\}'/;

/** The faults of a file: not those of the machine, one for a line, and of a brace read wrong the first one alone. */
export function faultsOf({ messages }: Pick<Verdict, 'messages'>): Fault[] {
  const faults: Fault[] = [];
  for (const text of new Set(messages)) {
    const match = /^\((?:.*: )?Line (\d+)\) (.*)$/.exec(text);
    const message = match?.[2] ?? text;
    if (ENVIRONMENT.test(message) || /^Configuration file|^Opening file/.test(message)) continue;
    const line = match === null ? undefined : Number(match[1]);
    if (faults.some((fault) => fault.line === line && line !== undefined)) continue;
    faults.push({ line, message });
    if (CASCADE.test(message)) break;
  }
  return faults;
}
