import { afterAll, beforeAll, expect, it } from 'vitest';
import { oneMachine } from '../support/one-machine';
import type { OneMachine } from '../support/one-machine';

const REJOIN = 'lab/services/consul/rootfs/opt/gitlab/lab/consul-rejoin';

/** Agents on loopback addresses of one machine; the script that is tried asks the second one, as it does on its node. */
const SCRIPT = `
set -u
exec 2>/dev/null
file() { # NUMBER SERVER
  mkdir -p /tmp/node$1
  local client=127.0.1.$1
  if [ $1 = 2 ]; then client=127.0.0.1; fi
  cat >/tmp/node$1/config.json <<JSON
{ "node_name": "node$1", "data_dir": "/tmp/node$1/data", "bind_addr": "127.0.1.$1", "client_addr": "$client", "server": $2,
  $([ $2 = false ] || echo '"bootstrap_expect": 3,')
  "retry_join": ["127.0.1.1", "127.0.1.2", "127.0.1.3"], "retry_interval": "1s", "ports": { "serf_wan": -1, "dns": -1 },
  "performance": { "raft_multiplier": 1 }, "autopilot": { "cleanup_dead_servers": false, "server_stabilization_time": "1s" },
  "disable_host_node_id": true, "disable_update_check": true, "leave_on_terminate": false, "skip_leave_on_interrupt": true }
JSON
}
declare -A started
start() { /opt/gitlab/embedded/bin/consul agent -config-file=/tmp/node$1/config.json >/tmp/node$1/said 2>&1 & started[$1]=$!; }
stop() { kill "\${started[$1]}"; wait "\${started[$1]}"; }
peers() { /opt/gitlab/embedded/bin/consul operator raft list-peers | awk 'NR > 1 { split($3, at, ":"); print at[1] ($5 == "true" ? "" : "?") }' | sort | paste -sd ' '; }
until_peers() { # ADDRESSES
  local end=$((SECONDS + 60))
  until [ "$(peers)" = "$1" ] || [ $SECONDS -gt $end ]; do sleep 0.3; done
  echo "voters: $(peers)"
}
environment() { # VOTERS
  mkdir -p /opt/gitlab/etc
  echo "LAB_CONSUL_SERVERS='$1' LAB_CONSUL_PEERS='127.0.1.1 127.0.1.3 127.0.1.4' LAB_CONSUL_VOTERS='$2'" >/opt/gitlab/etc/lab.env
}
for n in 1 2 3; do file $n true; start $n; done
file 4 false; start 4
environment 4 '127.0.1.1 127.0.1.2 127.0.1.3'
until_peers '127.0.1.1 127.0.1.2 127.0.1.3'

echo 'node4 votes instead of node1, which stays as an agent'
stop 1; stop 4
file 1 false; file 4 true; sed -i '/bootstrap_expect/d' /tmp/node4/config.json
start 1; start 4
until_peers '127.0.1.1 127.0.1.2 127.0.1.3 127.0.1.4'
environment 4 '127.0.1.2 127.0.1.3 127.0.1.4'
bash /consul-rejoin "\${started[2]}" &
until_peers '127.0.1.2 127.0.1.3 127.0.1.4'

echo 'a server that is only away keeps its vote'
stop 3
sleep 12
until_peers '127.0.1.2 127.0.1.3 127.0.1.4'
start 3
until_peers '127.0.1.2 127.0.1.3 127.0.1.4'

echo 'node3 is removed'
environment 3 '127.0.1.2 127.0.1.4'
stop 3
until_peers '127.0.1.2 127.0.1.4'
kill "\${started[1]}" "\${started[2]}" "\${started[4]}"
`;

let machine: OneMachine | undefined;

beforeAll(async () => {
  machine = await oneMachine(SCRIPT, { 'consul-rejoin': REJOIN });
}, 420_000);

afterAll(async () => {
  await machine?.remove();
});

it('a server of the past loses its vote, one that is only away does not', async () => {
  expect(await machine?.run()).toEqual([
    'voters: 127.0.1.1 127.0.1.2 127.0.1.3',
    'node4 votes instead of node1, which stays as an agent',
    'voters: 127.0.1.1 127.0.1.2 127.0.1.3 127.0.1.4',
    'voters: 127.0.1.2 127.0.1.3 127.0.1.4',
    'a server that is only away keeps its vote',
    'voters: 127.0.1.2 127.0.1.3 127.0.1.4',
    'voters: 127.0.1.2 127.0.1.3 127.0.1.4',
    'node3 is removed',
    'voters: 127.0.1.2 127.0.1.4',
  ]);
}, 300_000);
