import type { Message } from '../../words/message';
import type { Finding, Severity } from '../../finding/finding';
import { textLines, type TextLines } from '../../finding/text-lines';
import { service } from '../../services/registry';
import { FILE_NAMES, type RawVerdict, type RealProgram } from './real-program';

/** A real program's verdict, with what it said at the lines it said it of. */
export interface Verdict {
  readonly program: RealProgram;
  /** e.g. `3.0.11`; undefined when its banner could not be read. */
  readonly version: string | undefined;
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
  readonly place: Message | string;
}

/** One message of a program. */
interface Said {
  /** From one; undefined when it speaks of the whole file. */
  readonly line: number | undefined;
  readonly severity: Severity;
  readonly text: string;
}

/** Codes of the findings: the command that said so. */
const CODES: Readonly<Record<RealProgram, string>> = { haproxy: 'haproxy -c', keepalived: 'keepalived -t' };

/**
 * What depends on the machine the file is for (certificates, scripts, users, interfaces, names), which is not there
 * where the program ran. Both programs put it in these words.
 */
const ELSEWHERE =
  /no such file|unable to (load|stat|open|find)|cannot (find|open|load|read)|could not (load|resolve)|can't resolve|permission denied|unknown (user|group)|cannot find (user|group)|interface .* (doesn't|does not) exist|non-existent interface|script .*(not found|does not exist)|unable to (access|resolve) script|missing script|disabling track script|keepalived_script|chroot|no ssl private key/i;

/**
 * Reads what a program said.
 * @param path file as findings shall name it
 * @param text what the program judged
 */
export function readVerdict(raw: RawVerdict, path: string, text: string): Verdict {
  const lines = textLines(text);
  const { program } = raw;
  const said = program === 'haproxy' ? haproxySaid(raw.output) : keepalivedSaid(raw.output);
  // Exit code 2 of HAProxy: valid, but nothing listens. Keepalived ends with 5 for faults, warnings included.
  const accepted = raw.exitCode === 0 || (program === 'haproxy' && raw.exitCode === 2);
  const findings = unique(said).map((one) => finding(one, program, path, lines));
  const refusal: Said = {
    line: undefined,
    severity: 'error',
    text: `the file is refused (exit code ${raw.exitCode}), and no line is named`,
  };
  const silent = !accepted && findings.length === 0;
  return {
    program,
    version: versionOf(raw.banner),
    accepted,
    findings: silent ? [finding(refusal, program, path, lines)] : findings,
    place: raw.place,
  };
}

/** The version in a program's banner, without the packager's suffix. */
export function versionOf(banner: string): string | undefined {
  return /\bv(?:ersion )?(\d+\.\d+(?:\.\d+)?)/.exec(banner)?.[1];
}

/** `[ALERT] (1) : config : parsing [/v/haproxy.cfg:4] : unknown keyword …`; a message may go on in further lines. */
function haproxySaid(output: string): Said[] {
  const said: Said[] = [];
  for (const line of output.split('\n')) {
    const match = /^\[(ALERT|WARNING)\]\s*(?:\S+ )?\(\d+\) : (?:config : )?(.*)$/.exec(line);
    if (match === null) continue;
    const [, level, rest = ''] = match;
    if (/^(Error\(s\) found in configuration file|Fatal errors found)/.test(rest)) continue;
    const place = new RegExp(`\\[[^\\]]*${FILE_NAMES.haproxy}:(\\d+)\\]`).exec(rest);
    const text = rest.replace(/^parsing /, '').replace(/^\[[^\]]*\]\s*:\s*/, '');
    said.push({
      line: place === null ? undefined : Number(place[1]),
      severity: level === 'ALERT' ? 'error' : 'warning',
      text,
    });
  }
  return said;
}

/** `(/v/keepalived.conf: Line 6) number '300' outside range`, `(Line 2) Unknown keyword`, or without a place. */
function keepalivedSaid(output: string): Said[] {
  const said: Said[] = [];
  for (const line of output.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^\((?:[^)]*: )?Line (\d+)\) (.*)$/.exec(line);
    const text = match?.[2] ?? line;
    said.push({
      line: match === null ? undefined : Number(match[1]),
      severity: /^WARNING\b|^Warning\b/.test(text) ? 'warning' : 'error',
      text: text.replace(/^WARNING - /, ''),
    });
  }
  return said;
}

/** Keepalived reads a file more than once and repeats itself. */
function unique(said: readonly Said[]): Said[] {
  const seen = new Set<string>();
  return said.filter(({ line, text }) => {
    const key = `${line}:${text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function finding(said: Said, program: RealProgram, path: string, lines: TextLines): Finding {
  const machine = ELSEWHERE.test(said.text);
  const line = Math.min(Math.max((said.line ?? 1) - 1, 0), lines.starts.length - 1);
  const start = lines.starts[line] ?? 0;
  const content = lines.text
    .slice(start, lines.starts[line + 1] ?? lines.text.length)
    .replace(/[\r\n]+$/, '');
  const indent = content.length - content.trimStart().length;
  const text = said.text.replace(/[.\s]+$/, '');
  return {
    code: CODES[program],
    severity: machine ? 'information' : said.severity,
    file: path,
    range: { start: { line, character: indent }, end: { line, character: Math.max(content.length, indent) } },
    message: `${service(program).title}: ${text}.`,
    remedy: machine
      ? 'This depends on the machine the file is for; check it there.'
      : `These are ${service(program).title}'s own words; its manual explains them.`,
  };
}
