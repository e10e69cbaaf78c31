import type { Finding } from '../../../../src/finding/finding';
import { lintGitlabRb } from '../../../../src/languages/gitlab-rb/lint';
import { readGitlabRb } from '../../../../src/languages/gitlab-rb/subject';
import { loadParser } from '../../../../tools/fuzz/parser';

const parser = await loadParser();

/** The findings of a text, for a version of GitLab. */
export const lintText = (text: string, version = '19.3'): Finding[] =>
  lintGitlabRb(readGitlabRb(parser, text, 'gitlab.rb', version), 'gitlab.rb');

/** A finding as `line: code severity "the marked text"`, lines counted from one. */
export const told = (text: string, version?: string): string[] =>
  lintText(text, version).map(
    (finding) => `${finding.range.start.line + 1}: ${finding.code} ${marked(text, finding)}`,
  );

/** The text a finding marks. */
export function marked(text: string, { range }: Finding): string {
  const lines = text.split('\n');
  const first = lines[range.start.line] ?? '';
  if (range.start.line === range.end.line) return first.slice(range.start.character, range.end.character);
  return `${first.slice(range.start.character)}…`;
}

/** The text after the quick fix of the first finding with this code; undefined when it has none. */
export function repaired(text: string, code: string, version?: string): string | undefined {
  const fix = lintText(text, version).find((finding) => finding.code === code)?.fix;
  if (fix === undefined) return undefined;
  const lines = text.split('\n');
  const offset = (line: number, character: number): number =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return [...fix.edits]
    .map(({ range, newText }) => ({
      start: offset(range.start.line, range.start.character),
      end: offset(range.end.line, range.end.character),
      newText,
    }))
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}
