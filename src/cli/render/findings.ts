import type { Finding, Severity } from '../../cluster/finding';
import type { Paint, Style } from './style';

const ORDER: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

function paint(style: Style, severity: Severity): Paint {
  switch (severity) {
    case 'error':
      return style.red;
    case 'warning':
      return style.yellow;
    case 'information':
      return style.cyan;
    case 'hint':
      return style.dim;
  }
}

function compare(a: Finding, b: Finding): number {
  return (
    a.file.localeCompare(b.file, 'en') ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity)
  );
}

function line(finding: Finding, style: Style): string {
  const { line: row, character } = finding.range.start;
  const where = style.bold(`${finding.file}:${row + 1}:${character + 1}`);
  const what = paint(style, finding.severity)(finding.severity);
  const remedy = finding.remedy === '' ? '' : `\n    ${style.dim('→')} ${finding.remedy}`;
  return `${where} ${what} ${finding.code} ${finding.message}${remedy}`;
}

/** How many of each severity, worst first: `1 error, 2 warnings`. Empty for no findings. */
export function findingsSummary(findings: readonly Finding[]): string {
  return ORDER.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    const plural = count === 1 || severity === 'information' ? '' : 's';
    return [`${count} ${severity}${plural}`];
  }).join(', ');
}

/**
 * One `file:line:column severity code message` per finding with its remedy below, sorted by position; lines and
 * columns start at 1, as compilers print them and terminals link them.
 */
export function renderFindings(findings: readonly Finding[], style: Style): string {
  return [...findings]
    .sort(compare)
    .map((finding) => line(finding, style))
    .join('\n');
}
