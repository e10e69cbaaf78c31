/** Below this a program cannot write what it must. Kilobytes. */
export const FULL_BELOW_KB = 1_024;

/**
 * Bash that sets `told` to `F` and the kilobytes free where the package keeps its data, at most every ten seconds: it is
 * the one thing that takes a program. Only full or not is told, so that it is a line only when that changes.
 */
export const DISK_LINE = `
disk_line() {
  told=
  if (( SECONDS < disk_next )); then told=$disk_told; return; fi
  disk_next=$((SECONDS + 10))
  local free
  free=$(df --output=avail -k "$data" 2>/dev/null) || return
  free=\${free##*[!0-9]}
  if [ "\${free:-${FULL_BELOW_KB}}" -lt ${FULL_BELOW_KB} ]; then disk_told='F full'; else disk_told='F free'; fi
  told=$disk_told
}
disk_next=0 disk_told=
`;
