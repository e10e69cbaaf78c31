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
  /No such file|unable to (stat|load|open|scan)|error opening|cannot open|can't open|failed to open|SPOE|'spoe'|Lua|lua|cannot find (user|group)|unknown (user|group) name|unknown service name|could not resolve|cannot be read|environment variable missing|Permission denied|Fatal errors|Error\(s\) found|unable to find local peer|Cannot open namespace|not built with|built without/i;

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
  const match = new RegExp(`${name}:(\\d+)`).exec(alert);
  return match === null ? undefined : Number(match[1]);
}
