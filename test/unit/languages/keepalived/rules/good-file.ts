import { expect } from 'vitest';
import type { Finding } from '../../../../../src/finding/finding';
import { offsetAt, textLines } from '../../../../../src/finding/text-lines';
import { lintKeepalived } from '../../../../../src/languages/keepalived/lint';
import { readKeepalived } from '../../../../../src/languages/keepalived/subject';
import { rulePages } from '../../core/rules/rule-pages';

/** A file about which nothing is told. */
export const GOOD = rulePages('KAD', 'keepalived').find(({ id }) => id === 'KAD001')?.good.text ?? '';

export const lint = (text: string): Finding[] => lintKeepalived(readKeepalived(text), 'keepalived.conf');

export const codes = (text: string): string[] => lint(text).map(({ code }) => code);

/** The good file with one place changed. */
export function changed(from: string | RegExp, to: string): string {
  const text = GOOD.replace(from, to);
  expect(text).not.toBe(GOOD);
  return text;
}

/** The stretch a finding marks. */
export function marked(text: string, { range }: Finding): string {
  const lines = textLines(text);
  return text.slice(offsetAt(lines, range.start), offsetAt(lines, range.end));
}

/** The text after the fix of a finding. */
export function fixed(text: string, finding: Finding): string {
  const lines = textLines(text);
  const edits = [...(finding.fix?.edits ?? [])].sort((a, b) => b.range.start.line - a.range.start.line);
  return edits.reduce(
    (current, { range, newText }) =>
      current.slice(0, offsetAt(lines, range.start)) + newText + current.slice(offsetAt(lines, range.end)),
    text,
  );
}
