/** Holds our findings against what HAProxy said. */
import { lintHaproxy } from '../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../src/languages/haproxy/subject';
import type { Finding } from '../../../src/finding/finding';
import { ENVIRONMENT, lineOf } from '../../agreement/haproxy-verdicts';
import type { Case } from './base';
import type { Judgement } from './judge';

export type Outcome =
  /** Both accept, or both refuse at the same line. */
  | 'agreed'
  /** HAProxy accepts what we call an error. */
  | 'mistaken'
  /** HAProxy refuses what we call no error. */
  | 'missed'
  /** Both refuse, at different lines. */
  | 'other line'
  /** HAProxy warns, and we say nothing at all about the line. */
  | 'unwarned'
  /** A crash, or a fault of the machine that ran it. */
  | 'no verdict';

export interface Compared {
  readonly outcome: Outcome;
  /** What HAProxy said, or what we said mistakenly. */
  readonly said: string;
}

/** Compares one file. */
export function compare({ text }: Case, version: string, { exit, messages }: Judgement): Compared {
  if (exit < 0 || exit > 2) return { outcome: 'no verdict', said: `exit code ${exit}` };
  const findings = lintHaproxy(readHaproxy(text, version), 'x.cfg');
  const errors = findings.filter(({ severity }) => severity === 'error');
  return exit === 1 ? refused(errors, messages) : accepted(findings, errors, messages);
}

/**
 * True when a start is refused at a line of which we tell an error: what a check that looks no names up says nothing of, as of names
 * and of sections that are looked for late.
 */
export function isRefusedAtStart({ text }: Case, version: string, { exit, messages }: Judgement): boolean {
  if (exit !== 1) return false;
  const alerts = messages.filter((line) => line.startsWith('[ALERT]') && !/cannot bind socket/.test(line));
  const lines = new Set(linesOf(alerts));
  const errors = lintHaproxy(readHaproxy(text, version), 'x.cfg').filter(
    ({ severity }) => severity === 'error',
  );
  return errors.length > 0 && errors.every((error) => lines.has(lineNumber(error)));
}

const linesOf = (messages: readonly string[]): number[] =>
  messages.flatMap((line) => lineOf(line, 'x.cfg') ?? []);

const lineNumber = ({ range }: Finding): number => range.start.line + 1;

function refused(errors: readonly Finding[], messages: readonly string[]): Compared {
  const alerts = messages.filter((line) => line.startsWith('[ALERT]'));
  // A release that refuses with a warning alone has its reason there.
  const reasons = alerts.length > 0 ? alerts : messages;
  const ours = reasons.filter((line) => !ENVIRONMENT.test(line));
  const said = ours[0] ?? reasons[0] ?? '';
  if (ours.length === 0) return { outcome: 'no verdict', said };
  if (errors.length === 0) return { outcome: 'missed', said };
  const lines = ours.map((line) => lineOf(line, 'x.cfg')).filter((line) => line !== undefined);
  const same = lines.length === 0 || errors.some((error) => lines.includes(lineNumber(error)));
  return { outcome: same ? 'agreed' : 'other line', said };
}

function accepted(
  findings: readonly Finding[],
  errors: readonly Finding[],
  messages: readonly string[],
): Compared {
  // An alert HAProxy prints, and goes on without the line.
  const alerts = new Set(linesOf(messages.filter((line) => line.startsWith('[ALERT]'))));
  const error = errors.find((one) => !alerts.has(lineNumber(one)));
  if (error !== undefined) return { outcome: 'mistaken', said: `${error.code} ${error.message}` };
  const warnings = messages.filter((line) => line.startsWith('[WARNING]') && !ENVIRONMENT.test(line));
  const marked = new Set(findings.filter(({ severity }) => severity !== 'hint').map(lineNumber));
  const silent = warnings.find((warning) => {
    const line = lineOf(warning, 'x.cfg');
    return line === undefined ? marked.size === 0 : !marked.has(line);
  });
  return silent === undefined ? { outcome: 'agreed', said: '' } : { outcome: 'unwarned', said: silent };
}
