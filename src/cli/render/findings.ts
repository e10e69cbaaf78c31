import { SEVERITIES, severityRank, type Finding, type Severity } from '../../finding/finding';
import { byPlace, notesLine, sortFindings } from '../../presentation/notes';
import type { Localizer } from '../../presentation/words/localizer';
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
export function findingsSummary(findings: readonly Finding[], l10n: Localizer): string {
  return SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(severity, count, l10n)];
  }).join(', ');
}

function counted(severity: Severity, count: number, l10n: Localizer): string {
  switch (severity) {
    case 'error':
      return count === 1 ? l10n.t('1 error') : l10n.t('{0} errors', count);
    case 'warning':
      return count === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', count);
    case 'information':
      return l10n.t('{0} information', count);
    case 'hint':
      return count === 1 ? l10n.t('1 hint') : l10n.t('{0} hints', count);
  }
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
  const note = notesLine(notes, style.l10n);
  return [
    ...grave.map((finding) => line(finding, style)),
    ...(note === '' ? [] : [style.dim(style.l10n.t('{0}; --verbose prints them', note))]),
  ].join('\n');
}

/** Findings of a deployment, all in full and errors first. */
export function renderAllFindings(findings: readonly Finding[], style: Style): string {
  const { grave, notes } = sortFindings(findings);
  return [...grave, ...notes].map((finding) => line(finding, style)).join('\n');
}
