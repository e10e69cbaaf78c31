import { afterAll, beforeAll, expect, it } from 'vitest';
import { oneMachine } from './support/one-machine';
import type { OneMachine } from './support/one-machine';

const START = 'lab/services/etcd/rootfs/opt/gitlab/lab/etcd-start';

/** Four members on loopback addresses of one machine, started as runit does: again and again. */
const SCRIPT = `
set -u
# What bash says of programs that were killed.
exec 2>/dev/null
url() { echo "node$1=http://127.0.1.$1:2380"; }
file() { # NUMBER MEMBERS
  mkdir -p /tmp/node$1
  cat >/tmp/node$1/etcd.json <<JSON
{ "name": "node$1", "data-dir": "/tmp/node$1/data", "initial-cluster": "$2", "initial-cluster-token": "test",
  "listen-client-urls": "http://127.0.1.$1:2379", "advertise-client-urls": "http://127.0.1.$1:2379",
  "listen-peer-urls": "http://127.0.1.$1:2380", "initial-advertise-peer-urls": "http://127.0.1.$1:2380",
  "strict-reconfig-check": true, "log-level": "error", "logger": "zap", "log-outputs": ["/tmp/node$1/log"] }
JSON
}
start() { (until [ -e /tmp/node$1/down ]; do python3 /etcd-start /tmp/node$1/etcd.json >>/tmp/node$1/said 2>&1; sleep 0.3; done) & }
ask() { local n=$1; shift; etcdctl --endpoints "http://127.0.1.$n:2379" --command-timeout 3s "$@" 2>/dev/null; }
members() { ask "$1" member list | awk -F ', ' '$2 == "started" { print $3 }' | sort | paste -sd ' '; }
until_members() { # NUMBER NAMES
  local end=$((SECONDS + 70))
  until [ "$(members "$1")" = "$2" ] || [ $SECONDS -gt $end ]; do sleep 0.2; done
  echo "node$1: $(members "$1")"
}
old="$(url 1),$(url 2),$(url 3)" new="$(url 1),$(url 2),$(url 4)" all="$(url 1),$(url 2),$(url 4),$(url 3)"
for n in 1 2 3; do file $n "$old"; start $n; done
until_members 3 'node1 node2 node3'
ask 1 put key value >/dev/null

echo 'node4 instead of node3, and all start together'
touch /tmp/node{1,2,3}/down
# One that is about to start is not there yet.
while [ -n "$(jobs -r)" ]; do pkill etcd; sleep 0.2; done
rm -f /tmp/node{1,2}/down
for n in 4 1 2; do file $n "$new"; start $n; done
until_members 4 'node1 node2 node4'
ask 4 get --print-value-only key

echo 'node3 comes back with what it held'
for n in 1 2 3 4; do file $n "$all"; done
rm -f /tmp/node3/down; start 3
until_members 3 'node1 node2 node3 node4'
ask 3 get --print-value-only key
grep -h -m1 'was taken out' /tmp/node3/said
`;

let machine: OneMachine | undefined;

beforeAll(async () => {
  machine = await oneMachine(SCRIPT, { 'etcd-start': START }, ['etcd']);
}, 420_000);

afterAll(async () => {
  await machine?.remove();
});

it('a new member of etcd joins the cluster there is, and one that was taken out begins anew', async () => {
  expect(await machine?.run()).toEqual([
    'node3: node1 node2 node3',
    'node4 instead of node3, and all start together',
    'node4: node1 node2 node4',
    'value',
    'node3 comes back with what it held',
    'node3: node1 node2 node3 node4',
    'value',
    'etcd-start: was taken out of the cluster: what it holds is forgotten',
  ]);
}, 240_000);
