import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

/** A small file that is right, with lines added where a test wants them. */
export const TIMES = ' timeout connect 5s\n timeout client 30m\n timeout server 30m\n timeout tunnel 1h\n';
export const DEFAULTS = `defaults\n mode http\n${TIMES}`;
export const FRONT = 'frontend web\n bind 10.30.0.5:80\n default_backend app\n';
export const APP = 'backend app\n server n1 10.30.0.11:80 check\n';
export const inFront = (...lines: string[]): string => `${DEFAULTS}${FRONT}${indented(lines)}${APP}`;
export const inBack = (...lines: string[]): string => `${DEFAULTS}${FRONT}${APP}${indented(lines)}`;
export const indented = (lines: readonly string[]): string => lines.map((line) => ` ${line}\n`).join('');

/** Findings that weigh, as `severity CODE line: what is marked`. */
export function found(text: string, version = '3.0'): string[] {
  const lines = text.split('\n');
  return lintHaproxy(readHaproxy(text, version), 'haproxy.cfg')
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(
      ({ severity, code, range: { start, end } }) =>
        `${severity} ${code} ${lines[start.line]?.slice(start.character, end.character) ?? ''}`,
    );
}
