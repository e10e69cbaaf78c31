/**
 * A Keepalived that ends in order says so with its last advert, and a backup takes the address at once. With `nopreempt` it
 * stays there when the first one is back; without, the one with the higher priority would take it back within seconds.
 */
const HAND_OVER = [
  'file=/etc/keepalived/keepalived.conf',
  'if ! sed \'s/[#!].*//\' "$file" | grep -qw nopreempt; then',
  '  echo "its keepalived.conf has no nopreempt: it would take the address back at once" >&2',
  '  exit 1',
  'fi',
  'exec gitlab-ctl restart keepalived',
].join('\n');

/** Program and arguments that hand the virtual address over, on its holder's node. */
export function handOver(): readonly string[] {
  return ['bash', '-c', HAND_OVER];
}
