/** What VS Code says about the activation of one extension, milliseconds. */
export interface Activation {
  readonly load: number;
  readonly activate: number;
  /** Until the promise of `activate` was settled. */
  readonly finish: number;
}

/**
 * Reads the table "Extension Activation Stats" of the editor "Startup Performance".
 * @returns undefined while the table, or the extension in it, is not there yet
 */
export function activationOf(text: string, extension: string): Activation | undefined {
  const lines = text
    .split('\n')
    .slice(text.split('\n').findIndex((line) => line.includes('Extension Activation Stats')));
  const rows = lines.filter((line) => line.includes('|')).map(cells);
  const header = rows.find((row) => row.includes('Load Code'));
  const row = rows.find((candidate) => candidate.includes(extension));
  if (!header || !row) return undefined;
  const value = (title: string): number => Number(row[header.indexOf(title)]);
  const found = {
    load: value('Load Code'),
    activate: value('Call Activate'),
    finish: value('Finish Activate'),
  };
  return Object.values(found).every(Number.isFinite) ? found : undefined;
}

function cells(line: string): string[] {
  return line
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell, index, all) => cell !== '' || (index > 0 && index < all.length - 1));
}
