import type { Figure, Unit } from './figure';
import { verdictOf } from './figure';
import { medianPhases, shares, summarize } from './stats';

const DIGITS: Readonly<Record<Unit, number>> = { s: 2, ms: 1, µs: 2, MB: 1, '%': 1, '×': 2 };

/** The figures as a table with bound and verdict, followed by the share of each phase. Ends with a newline. */
export function report(figures: readonly Figure[]): string {
  const header = ['figure', 'median', 'spread', 'runs', 'bound', 'verdict'];
  const rows = figures.map(row);
  const details = figures.flatMap(detailLines);
  return [...table([header, ...rows]), ...(details.length > 0 ? ['', ...details] : []), ''].join('\n');
}

function row(figure: Figure): string[] {
  const bound = figure.bound === undefined ? '' : `≤ ${amount(figure.bound, figure.unit, true)}`;
  if (figure.values.length === 0) return [figure.title, '–', '', '0', bound, verdictOf(figure)];
  const { median, min, max, runs } = summarize(figure.values);
  const digits = DIGITS[figure.unit];
  return [
    figure.title,
    amount(median, figure.unit),
    `${min.toFixed(digits)} – ${max.toFixed(digits)}`,
    String(runs),
    bound,
    verdictOf(figure),
  ];
}

/** A number with its unit; `short` leaves out zeros behind the point. */
function amount(value: number, unit: Unit, short = false): string {
  return `${short ? String(Number(value.toFixed(DIGITS[unit]))) : value.toFixed(DIGITS[unit])} ${unit}`;
}

function detailLines(figure: Figure): string[] {
  const lines: string[] = [];
  if (figure.phases && figure.phases.length > 0) {
    const medians = medianPhases(figure.phases);
    const parts = shares(medians);
    const text = Object.entries(medians)
      .map(
        ([name, value]) =>
          `${name} ${amount(value, figure.unit)} (${((parts[name] ?? 0) * 100).toFixed(0)} %)`,
      )
      .join(', ');
    lines.push(`${figure.title}: ${text}`);
  }
  if (figure.note) lines.push(`${figure.title}: ${figure.note}`);
  return lines;
}

/** Columns padded to their widest cell; the first is left aligned, the last is not padded. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? '').length)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 || column === cells.length - 1 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
