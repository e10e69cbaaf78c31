import type { Finding, Severity } from '../../finding/finding';
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

/**
 * Findings after a deploy that went well: errors and warnings in full; of the rest, which say what the lab does with
 * a key, how many there are of each code with the first as an example.
 */
export function renderNotes(findings: readonly Finding[], style: Style): string {
  const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const notes = findings.filter((finding) => !grave.includes(finding)).sort(compare);
  const codes = [...new Set(notes.map((finding) => finding.code))].sort();
  const lines = codes.map((code) => {
    const same = notes.filter((finding) => finding.code === code);
    const [first] = same;
    const { line: row } = first?.range.start ?? { line: 0 };
    return `  ${code} ${String(same.length).padStart(3)}×, e.g. ${first?.file}:${row + 1} ${first?.message}`;
  });
  const heading = `${notes.length} notes about keys (all of them with --verbose):`;
  return [
    ...(grave.length > 0 ? [renderFindings(grave, style)] : []),
    ...(notes.length > 0 ? [style.dim([heading, ...lines].join('\n'))] : []),
  ].join('\n');
}
