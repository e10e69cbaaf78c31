const SGR = /\u001b\[[0-9;]*m/g;

/** Columns a text takes on a terminal; colors take none. */
export function visibleWidth(text: string): number {
  return [...text.replace(SGR, '')].length;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleWidth(text)));
}

/**
 * Left-aligned columns, two spaces apart, without trailing blanks.
 * @param rows the first row is the heading; rows may be shorter than it
 */
export function table(rows: readonly (readonly string[])[]): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => visibleWidth(row[column] ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Cuts a plain or colored text to a width, ending it with `…` when something is lost. */
export function truncate(text: string, width: number): string {
  if (visibleWidth(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const part of text.split(/(\u001b\[[0-9;]*m)/)) {
    if (part.startsWith('\u001b[')) {
      out += part;
      continue;
    }
    for (const character of part) {
      if (used >= width - 1) continue;
      out += character;
      used += 1;
    }
  }
  const cut = out.search(/(\u001b\[[0-9;]*m)*$/);
  return `${out.slice(0, cut)}…${out.slice(cut)}`;
}
