/** What the real HAProxy says of configurations: from a truth table, or from running it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Verdict {
  readonly file: string;
  readonly version: string;
  readonly accepted: boolean;
  readonly alerts: readonly string[];
}

/** What depends on files, users and the environment of the machine that ran HAProxy. */
export const ENVIRONMENT =
  /No such file|unable to (stat|load|open|scan)|error opening|cannot open|can't open|failed to open|SPOE|'spoe'|Lua|lua|cannot find (user|group)|unknown (user|group) name|unknown service name|could not resolve|cannot be read|environment variable missing|Permission denied|Fatal errors|Error\(s\) found|unable to find local peer|Cannot open namespace|while processing 'namespace'|QUIC is not compiled in|SSL library does not support|not built with|built without/i;

/** Reads ground-truth.tsv: columns file, tool, exit, …, messages; the last row of a file and version counts. */
export function verdictsOfTable(folder: string): Verdict[] {
  const table = join(folder, 'ground-truth.tsv');
  if (!existsSync(table)) return [];
  const last = new Map<string, Verdict>();
  for (const row of readFileSync(table, 'utf8').split('\n').slice(1)) {
    const [file = '', tool = '', exit = '', , , , ...messages] = row.split('\t');
    const version = /^haproxy-(\d+\.\d+)/.exec(tool)?.[1];
    // A crash of the program (a negative exit) is no verdict.
    if (version === undefined || Number(exit) < 0) continue;
    const alerts = messages.filter((message) => message.startsWith('[ALERT]'));
    last.set(`${file} ${version}`, { file, version, accepted: exit === '0' || exit === '2', alerts });
  }
  return [...last.values()];
}

/** Runs `<command> -dr -c -f <file>`; undefined when the program crashed or hung, which is no verdict. */
export function verdictOfBinary(
  command: readonly string[],
  version: string,
  folder: string,
  file: string,
): Verdict | undefined {
  const [program = '', ...before] = command;
  const run = spawnSync(program, [...before, '-dr', '-c', '-f', file], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, OPENSSL_CONF: '/dev/null' },
  });
  if (run.status === null || run.status > 2) return undefined;
  const alerts = run.stderr.split('\n').filter((line) => line.startsWith('[ALERT]'));
  return { file, version, accepted: run.status === 0 || run.status === 2, alerts };
}

/** Line of the file an alert names; undefined for faults of the whole. */
export function lineOf(alert: string, file: string): number | undefined {
  const name = file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`${name}(?::|' at line )(\\d+)`).exec(alert);
  return match === null ? undefined : Number(match[1]);
}

/**
 * The faults that are the file's own: those of the machine are left out, and what follows from them. An ACL whose patterns
 * are in a file that is not there is not declared, and since 3.2 HAProxy knows no sections any more behind a SPOE file
 * that is not there.
 */
export function ownFaults({ alerts, file }: Verdict, text: string): readonly string[] {
  const rows = text.split('\n');
  const lost = new Set<string>();
  const own: string[] = [];
  let spoe = false;
  for (const alert of alerts) {
    if (ENVIRONMENT.test(alert)) {
      spoe ||= /spoe/i.test(alert);
      const name = /^\s*acl\s+(\S+)/.exec(rows[(lineOf(alert, file) ?? 0) - 1] ?? '')?.[1];
      if (name !== undefined) lost.add(name);
      continue;
    }
    const missing = /no such ACL : '([^']*)'/.exec(alert)?.[1];
    if (missing !== undefined && lost.has(missing)) continue;
    if (spoe && /unknown keyword '[\w-]+' in '[\w-]+' section/.test(alert) && isHeader(rows, alert, file))
      continue;
    own.push(alert);
  }
  return own;
}

/** True when the alert is about the first line of a section. */
function isHeader(rows: readonly string[], alert: string, file: string): boolean {
  const line = lineOf(alert, file);
  return line !== undefined && /^[a-z]/.test(rows[line - 1] ?? '');
}
