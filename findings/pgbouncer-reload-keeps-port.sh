#!/usr/bin/env bash
# PgBouncer 1.18.0 (Debian 12): RELOAD succeeds and says nothing of a changed port that it does not take.
#
# With a new listen_port and a new default_pool_size in its file, RELOAD answers with success. The pool's size changes, the
# port does not: it only changes at a start. SHOW CONFIG has a column for that, but neither the answer nor the log has a word
# about the line that was left out. So file and program differ until somebody connects to the new port and finds nobody.
# The same in 1.24 and 1.26.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
debian_packages pgbouncer=1.18.0-1+deb12u1 libevent-2.1-7=2.1.12-stable-8 libc-ares2=1.18.1-3
npm_packages pg@8.16.3

old=$(free_port)
new=$(free_port)
settings() {
  printf '%s\n' '[databases]' '[pgbouncer]' 'listen_addr = 127.0.0.1' 'unix_socket_dir =' 'auth_type = any' \
    'admin_users = admin' "listen_port = $1" "default_pool_size = $2" >pgbouncer.ini
}
settings "$old" 5
# It refuses to run as root.
as_nobody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; else "$@"; fi; }
LD_LIBRARY_PATH=$libraries as_nobody root/usr/sbin/pgbouncer pgbouncer.ini 2>log &

cat >ask.cjs <<'JS'
const { Client } = require('pg');
const [port, sql] = process.argv.slice(2);
const ask = async () => {
  const client = new Client({ host: '127.0.0.1', port: Number(port), user: 'admin', database: 'pgbouncer' });
  await client.connect();
  const { command, rows } = await client.query(sql);
  await client.end();
  const wanted = rows.filter(({ key }) => key === 'listen_port' || key === 'default_pool_size');
  return rows.length === 0 ? command : wanted.map(({ key, value }) => `${key} ${value}`).join(', ');
};
const attempt = (left) =>
  ask().then(console.log, (error) =>
    left > 0 && error.code === 'ECONNREFUSED' ? setTimeout(attempt, 100, left - 1) : console.log(error.code),
  );
attempt(Number(process.argv[4] ?? 0));
JS
expect 'before' "default_pool_size 5, listen_port $old" "$(node ask.cjs "$old" 'SHOW CONFIG' 100)"
settings "$new" 7
expect 'RELOAD' RELOAD "$(node ask.cjs "$old" RELOAD)"
sleep 1
expect 'after' "default_pool_size 7, listen_port $old" "$(node ask.cjs "$old" 'SHOW CONFIG')"
expect 'the new port' ECONNREFUSED "$(node ask.cjs "$new" 'SHOW CONFIG')"
expect 'warnings or errors in its log, words on the port' 0 "$(grep -cE 'WARN|ERROR|listen_port' log || true)"
