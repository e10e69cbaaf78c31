import type { InlayHint } from 'vscode-languageserver-types';
import type { Range } from '../../../../finding/finding';
import { positionAt } from '../../../../finding/text-lines';
import * as ruby from '@ruby/prism/src/nodes.js';
import type { GitlabRbSubject } from '../../subject';
import { allEntries, readEntries } from '../entries/entries';

type Unit = 'bytes' | 'ms' | 's';

/** Whole numbers whose unit nobody sees, by `root/path`. */
const UNITS: Readonly<Record<string, Unit>> = {
  'patroni/maximum_lag_on_failover': 'bytes',
  'gitlab_rails/backup_keep_time': 's',
  'gitlab_rails/backup_multipart_chunk_size': 'bytes',
  'gitlab_rails/db_load_balancing/max_replication_difference': 'bytes',
  'gitlab_rails/db_statement_timeout': 'ms',
  'gitlab_rails/db_tcp_user_timeout': 'ms',
  'gitlab_workhorse/image_scaler_max_filesize': 'bytes',
  'gitlab_workhorse/metadata_zip_reader_limit_bytes': 'bytes',
  'gitaly/configuration/cgroups/memory_bytes': 'bytes',
  'gitaly/configuration/cgroups/repositories/memory_bytes': 'bytes',
  'logging/svlogd_size': 'bytes',
  'logging/svlogd_timeout': 's',
  'pgbouncer/max_packet_size': 'bytes',
  'postgresql/statement_timeout': 'ms',
  'postgresql/idle_in_transaction_session_timeout': 'ms',
  'postgresql/log_min_duration_statement': 'ms',
  'sentinel/down_after_milliseconds': 'ms',
  'sentinel/failover_timeout': 'ms',
};

/** Sizes and times as people read them, behind large numbers. */
export function inlayHints(subject: GitlabRbSubject, range: Range): InlayHint[] {
  const { lines } = subject.index;
  const { start, end } = subject.span(range);
  const hints: InlayHint[] = [];
  for (const { root, path, value } of allEntries(readEntries(subject))) {
    const unit = UNITS[[root, ...path].join('/')];
    if (unit === undefined || value === undefined) continue;
    const span = subject.spanOf(value.location);
    if (span.start < start || span.end > end) continue;
    const text = inWords(numberOf(subject.text.slice(span.start, span.end), value), unit);
    if (text === undefined) continue;
    hints.push({ position: positionAt(lines, span.end), label: text, paddingLeft: true });
  }
  return hints;
}

function numberOf(source: string, value: ruby.Node): number {
  const digits =
    value instanceof ruby.IntegerNode ? source.replaceAll('_', '') : source.replace(/^['"](.*)['"]$/, '$1');
  return /^[1-9]\d*$/.test(digits) ? Number(digits) : NaN;
}

const SCALES: Readonly<Record<Unit, readonly (readonly [number, string])[]>> = {
  bytes: [
    [1024 ** 3, 'GiB'],
    [1024 ** 2, 'MiB'],
    [1024, 'KiB'],
  ],
  ms: [
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ],
  s: [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ],
};

/** `1048576` as `1 MiB`; undefined when that is no shorter to read. */
function inWords(value: number, unit: Unit): string | undefined {
  const scale = SCALES[unit].find(([size]) => value >= size);
  if (scale === undefined) return undefined;
  const [size, name] = scale;
  const rounded = Math.round((value / size) * 10) / 10;
  return `${rounded * size === value ? '=' : '≈'} ${rounded} ${name}`;
}
