import { SEVERITIES, severityRank, type Finding, type Severity } from '../../finding/finding';
import { byPlace, notesLine, sortFindings } from '../../presentation/notes';
import { ENGLISH } from '../../presentation/words/localizer';
import type { Paint, Style } from './style';

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
  return byPlace(a, b) || severityRank(a.severity) - severityRank(b.severity);
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
  return SEVERITIES.flatMap((severity) => {
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
 * Findings of a deployment: what wants something done in full, errors first; the rest, which says what the lab does
 * otherwise, in one line.
 */
export function renderDeployFindings(findings: readonly Finding[], style: Style): string {
  const { grave, notes } = sortFindings(findings);
  const note = notesLine(notes, ENGLISH);
  return [
    ...grave.map((finding) => line(finding, style)),
    ...(note === '' ? [] : [style.dim(`${note}; --verbose prints them`)]),
  ].join('\n');
}

/** Findings of a deployment, all in full and errors first. */
export function renderAllFindings(findings: readonly Finding[], style: Style): string {
  const { grave, notes } = sortFindings(findings);
  return [...grave, ...notes].map((finding) => line(finding, style)).join('\n');
}
