/** Reads lines `name: description`; a tilde in a name stands for a space. */
export function readEntries(block: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0)
      entries.set(line.slice(0, colon).trim().replaceAll('~', ' '), line.slice(colon + 2).trim());
  }
  return entries;
}
