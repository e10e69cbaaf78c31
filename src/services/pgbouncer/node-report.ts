import { seenOn } from '../core/live/fact';
import type { NodeReport } from '../core/live/live-service';
import { PGBOUNCER_HOSTS } from './facts';

/** `D 172.30.0.12`: the hosts in PgBouncer's databases.ini. */
export const pgbouncerReport: NodeReport = {
  letter: 'D',
  folders: ['pgbouncer'],
  script: `
  local file=$data/pgbouncer/databases.ini line out=
  [ -e "$file" ] || return
  while IFS= read -r line || [ -n "$line" ]; do
    [[ $line != [';#']* && $line =~ host=([^[:space:]\\']+) ]] && out+=" \${BASH_REMATCH[1]}"
  done <"$file"
  told=D$out`,
  read: (words, node, at) => seenOn(PGBOUNCER_HOSTS, node, at, words),
};
