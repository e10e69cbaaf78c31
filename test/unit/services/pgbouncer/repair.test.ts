import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const LAB = fileURLToPath(
  new URL('../../../../lab/services/pgbouncer/rootfs/opt/gitlab/lab/', import.meta.url),
);
const CONFIG = `key|value|default|changeable
ignore_startup_parameters|extra_float_digits, options = x|extra_float_digits|yes
pool_mode|transaction|session|yes
server_idle_timeout|600|600|yes`;
const INI = `[pgbouncer]
ignore_startup_parameters = extra_float_digits, options = x
pool_mode = transaction
server_idle_timeout = 600
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgbouncer-repair-'));
  const psql = `#!/bin/bash
case "$2" in
  'SHOW CONFIG') cat config ;;
  'SHOW DATABASES') printf 'name|host|port\\ngitlabhq_production|172.30.0.11|5432\\n' ;;
  *) echo "$2" ;;
esac
[ "\${2%% *}" = SHOW ] || echo "$2" >>asked
`;
  writeFileSync(join(folder, 'psql'), psql);
  chmodSync(join(folder, 'psql'), 0o755);
  writeFileSync(join(folder, 'config'), CONFIG);
  writeFileSync(join(folder, 'databases.ini'), '[databases]\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What PgBouncer is told and what is said, by looks at these files. */
function looks(ini: string, steps: string): readonly string[] {
  writeFileSync(join(folder, 'pgbouncer.ini'), ini);
  const script = `
say() { echo "says $*"; echo "says $*" >>asked; }
admin=(./psql) current=172.30.0.11
. "$1/pgbouncer-repair"
touch asked
${steps}
cat asked >&3`;
  return execFileSync('bash', ['-c', `exec 3>&1 >/dev/null; ${script}`, 'repair', LAB], {
    cwd: folder,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((line) => line !== '');
}

describe('settings of PgBouncer that are not in force', () => {
  it.each([
    ['all are', INI],
    ['with blanks behind a value', INI.replace('transaction', 'transaction \t')],
    ['with blanks before a name, and none around =', INI.replace('pool_mode = ', '  pool_mode=')],
    ['with the line ends of Windows', INI.replaceAll('\n', '\r\n')],
    ['with a number written otherwise', INI.replace('600', '600.0')],
  ])('nothing is done when %s', (_, ini) => {
    expect(looks(ini, 'repair; repair')).toEqual([]);
  });

  const wrong = INI.replace('600', '700');
  const differs = 'PgBouncer goes by server_idle_timeout = 600, not 700';

  it('are reloaded once, started anew once, then only told, once', () => {
    expect(looks(wrong, 'for look in 1 2 3 4 5 6; do repair; done')).toEqual([
      `says not in force: ${differs}`,
      'RELOAD',
      'says RELOAD did not help: PgBouncer is started anew',
      'SHUTDOWN',
      `says not in force, also after a start: ${differs}`,
    ]);
  });

  it('are tried again with other files, and after they have been in force', () => {
    const tries = looks(
      wrong,
      `for look in 1 2 3 4; do repair; done
sed -i s/700/800/ pgbouncer.ini; repair
sed -i s/800/600/ pgbouncer.ini; repair
sed -i s/600/800/ pgbouncer.ini; repair`,
    ).filter((line) => !line.startsWith('says'));
    expect(tries).toEqual(['RELOAD', 'SHUTDOWN', 'RELOAD', 'RELOAD']);
  });

  it('include the leader, to which no database leads', () => {
    expect(looks(INI, 'current=172.30.0.12; repair')).toEqual([
      'says not in force: no database leads to 172.30.0.12',
      'RELOAD',
    ]);
  });

  it('are not known while PgBouncer does not answer', () => {
    expect(looks(wrong, 'admin=(false); repair; repair')).toEqual([]);
  });
});
