const SGR = /\u001b\[[0-9;]*m/g;

/** Marks on the letter before them (also Vietnamese written letter by letter), joiners, what only directs. */
const NO_COLUMN = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** East Asian letters and most pictures. */
const TWO_COLUMNS =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]$|^\p{Emoji_Presentation}$/u;

/** Columns a character takes on a terminal. @param character one code point */
function columnsOf(character: string): number {
  if (character <= '~') return 1;
  if (NO_COLUMN.test(character)) return 0;
  return TWO_COLUMNS.test(character) ? 2 : 1;
}

/** Columns a text takes on a terminal; colors take none. */
export function visibleWidth(text: string): number {
  let columns = 0;
  for (const character of text.replace(SGR, '')) columns += columnsOf(character);
  return columns;
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
  let full = false;
  for (const part of text.split(/(\u001b\[[0-9;]*m)/)) {
    if (part.startsWith('\u001b[')) {
      out += part;
      continue;
    }
    for (const character of part) {
      const columns = columnsOf(character);
      // One column is for the sign; nothing comes after what had no room, except colors.
      if (full || used + columns > width - 1) {
        full = true;
        continue;
      }
      out += character;
      used += columns;
    }
  }
  const cut = out.search(/(\u001b\[[0-9;]*m)*$/);
  return `${out.slice(0, cut)}…${out.slice(cut)}`;
}
