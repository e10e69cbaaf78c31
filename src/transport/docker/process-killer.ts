import { randomBytes } from 'node:crypto';
import type { ContainerApi } from './container-api';
import { runAside } from './side-command';

/**
 * Docker has no call that ends a process started by exec, and its pid is told in the host's numbering. So each
 * process carries a random mark in its environment; ending it means finding that mark in /proc and signalling the
 * session it belongs to, which also reaches children that changed user (their environment cannot be read).
 */
const MARK = 'TRANSPORT_EXEC_ID';

const SCRIPT = `
mark=$1; shift
session() { read -r stat <"$1/stat" || return 1; stat=\${stat##*') '}; set -- $stat; sid=$4; }
sids=' '
for file in $(grep -lsF "$mark" /proc/[0-9]*/environ); do
  session "\${file%/environ}" && sids="$sids$sid "
done
[ "$sids" = ' ' ] && exit 0
send() {
  found=1
  for dir in /proc/[0-9]*; do
    session "$dir" && case "$sids" in *" $sid "*) kill -s "$1" "\${dir#/proc/}" && found=0 ;; esac
  done
  return "$found"
}
for signal in "$@"; do
  send "$signal" || exit 0
  for turn in 1 2 3 4 5; do
    sleep 0.1
    send 0 || exit 0
  done
done
`;

/** How a process is asked to end: `end` for programs (TERM, then KILL), `hangup` for terminals (HUP, then KILL). */
export type Ending = 'end' | 'hangup';

/** A new mark, and the environment entry that carries it. */
export function newMark(): { readonly mark: string; readonly env: string } {
  const mark = `${MARK}=${randomBytes(12).toString('hex')}`;
  return { mark, env: mark };
}

/**
 * Ends the marked process and its session inside the container. Never fails: a container that is gone has no
 * processes, and a paused one cannot be told.
 */
export async function endMarked(
  container: ContainerApi,
  mark: string,
  user: string,
  ending: Ending,
): Promise<void> {
  const signals = ending === 'end' ? ['TERM', 'KILL'] : ['HUP', 'KILL'];
  try {
    await runAside(container, ['sh', '-c', SCRIPT, 'sh', mark, ...signals], user);
  } catch {
    // The container stopped in the meantime: what was to be ended has ended.
  }
}
