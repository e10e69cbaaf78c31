/** Quoting for the formats the renderers write. Values may come from a user's gitlab.rb: none is written bare. */

/** A POSIX shell word. */
export function shellWord(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** An SQL string literal (standard_conforming_strings is on). */
export function sqlLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** An SQL identifier. */
export function sqlIdentifier(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

/** A double quoted argument of redis.conf and sentinel.conf. */
export function redisWord(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** A value of a PgBouncer connection string. */
export function pgbouncerValue(value: string): string {
  return /^[\w.:/-]+$/u.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
}
