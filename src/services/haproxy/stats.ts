import type { HaproxyRow } from './facts';

/** Reads the CSV of `show stat`; rows without a proxy or status are left out. Fields with commas are quoted. */
export function parseHaproxyStats(text: string): readonly HaproxyRow[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const header = lines.find((line) => line.startsWith('# '));
  if (header === undefined) return [];
  const columns = fields(header.slice(2));
  const column = (name: string): number => columns.indexOf(name);
  const [proxy, name, status, sessions, check] = ['pxname', 'svname', 'status', 'scur', 'check_status'].map(
    column,
  );
  return lines
    .filter((line) => !line.startsWith('#'))
    .map(fields)
    .flatMap((row) => {
      const at = (index: number | undefined): string => row[index ?? -1] ?? '';
      if (at(proxy) === '' || at(status) === '') return [];
      return [
        {
          proxy: at(proxy),
          name: at(name),
          status: at(status),
          sessions: /^\d+$/.test(at(sessions)) ? Number(at(sessions)) : undefined,
          check: at(check) === '' ? undefined : at(check),
        },
      ];
    });
}

function fields(line: string): readonly string[] {
  const values: string[] = [];
  const pattern = /"((?:[^"]|"")*)"|([^,]*)/y;
  for (let at = 0; at <= line.length;) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    values.push(match?.[1]?.replaceAll('""', '"') ?? match?.[2] ?? '');
    at = pattern.lastIndex + 1;
  }
  return values;
}
