import { DISK_LINE } from './disk-report';
import type { NodeReport } from '../../services/core/live/live-service';

/**
 * Runs inside a node and prints what its own files and interfaces say: `S` service states, `A` IPv4 addresses, `F` whether the disk is full, and what
 * each service reports of its own files. It prints a line at once when it changed (inotify, netlink), and all of them
 * every few seconds. The first line of a node started less than two minutes ago is `U`, its age in milliseconds. Without inotify in the node only the latter, without `ip` no addresses. Everything but `ip` is done by Bash itself, so waiting
 * costs nothing. Ends when its input is closed. Parameters: runit's services, their definitions, the data folder.
 */
export function nodeScript(reports: readonly NodeReport[]): string {
  return `${CORE}${DISK_LINE}${reports.map(functionOf).join('')}
report() { # ALWAYS
  services_line; tell "$1"
  addresses_line; tell "$1"
  disk_line; tell "$1"
${reports.map(({ letter }) => `  report_${letter}; tell "$1"\n`).join('')}}

watched=("$definitions")
${reports.flatMap(({ folders }) => folders.map(watchOf)).join('')}${LOOP}`;
}

const CORE = `
shopt -s nullglob
services=$1 definitions=$2 data=$3
trap 'trap "" TERM; kill 0 2>/dev/null' EXIT
exec 9<&0

services_line() {
  local directory name state pid out=
  for directory in "$services"/*/supervise; do
    name=\${directory%/supervise} name=\${name##*/} state= pid=
    { read -r state <"$directory/stat"; read -r pid <"$directory/pid"; } 2>/dev/null
    state=\${state//, /,}
    [ -n "$state" ] && out+=" $name=\${pid:-0}:\${state// /_}"
  done
  told=S$out
}

addresses_line() {
  local cidr out=
  told=
  type ip >/dev/null 2>&1 || return
  while read -r _ _ _ cidr _; do out+=" \${cidr%%/*}"; done < <(ip -o -4 address show 2>/dev/null)
  told=A$out
}

# Process 1 tells when it began, in hundredths of a second after the machine's start; so does the machine its age.
age_line() {
  local uptime stat
  told=
  { read -r uptime _ </proc/uptime; read -r stat </proc/1/stat; } 2>/dev/null || return
  stat=\${stat##*) }
  set -- \$stat
  uptime=\${uptime/./}
  [[ \$uptime =~ ^[0-9]+\$ && \${20} =~ ^[0-9]+\$ ]] || return
  uptime=\$(((10#\$uptime - \${20}) * 10))
  (( uptime < 120000 )) && told="U \$uptime"
}

declare -A before
tell() { # ALWAYS
  local letter=\${told:0:1}
  [ -n "$told" ] || return
  if [ "\${before[$letter]}" != "$told" ] || [ -n "$1" ]; then
    before[$letter]=$told
    printf '%s\\n' "$told"
  fi
}
`;

const LOOP = `exec 3< <(
  trap - EXIT
  inotifywait -q -m -r -e moved_to "\${watched[@]}" 2>/dev/null &
  ip -o -4 monitor address 2>/dev/null &
  { while read -r _; do :; done; echo END; } <&9 &
  wait
)
exec 9<&-

age_line; tell always
report always
while :; do
  if read -r -t 4 -u 3 line; then
    [ "$line" = END ] && exit 0
    for _ in {1..40}; do
      read -r -t 0.015 -u 3 line || break
      [ "$line" = END ] && exit 0
    done
    report
  elif [ $? -gt 128 ]; then
    report always
  else
    exit 1
  fi
done
`;

function functionOf({ letter, script }: NodeReport): string {
  return `
report_${letter}() {
  told=
  ${script.trim()}
}
`;
}

function watchOf(folder: string): string {
  return `[ -d "$data/${folder}" ] && watched+=("$data/${folder}")\n`;
}
