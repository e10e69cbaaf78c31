/** Text as Markdown shows it literally, also inside a table cell. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|<>~&]/g, (character) => `\\${character}`).replace(/\s*\n\s*/g, ' ');
}

/** A two column table without a visible heading; empty without rows. */
export function factTable(rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`);
  return ['| | |', '|---|---|', ...lines].join('\n');
}
