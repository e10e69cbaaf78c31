import { afterEach, expect, it } from 'vitest';
import { oneMachine } from '../support/one-machine';
import type { OneMachine } from '../support/one-machine';

const PROGRAMS = 'lab/services/etcd/rootfs/opt/gitlab/lab';

/** Four members on loopback addresses of one machine, started as runit does: again and again. */
const SCRIPT = `
set -u
# What bash says of programs that were killed.
exec 2>/dev/null
url() { echo "node$1=http://127.0.1.$1:2380"; }
file() { # NUMBER MEMBERS [MORE ADDRESSES]
  mkdir -p /tmp/node$1
  cat >/tmp/node$1/etcd.json <<JSON
{ "name": "node$1", "data-dir": "/tmp/node$1/data", "initial-cluster": "$2", "initial-cluster-token": "test",
  "listen-client-urls": "http://127.0.1.$1:2379\${3:-}", "advertise-client-urls": "http://127.0.1.$1:2379",
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
for n in 4 1 2; do file $n "$new" "$([ $n = 1 ] && echo ,http://127.0.0.1:2379)"; start $n; done
until_members 4 'node1 node2 node4'
ask 4 get --print-value-only key

echo 'node3 comes back with what it held'
for n in 1 2 3 4; do file $n "$all"; done
rm -f /tmp/node3/down; start 3
until_members 3 'node1 node2 node3 node4'
ask 3 get --print-value-only key
grep -h -m1 'was taken out' /tmp/node3/said

echo 'a file no longer names node4'
mkdir -p /var/opt/gitlab/etcd
file 5 "$(url 1),$(url 2),$(url 3)"; cp /tmp/node5/etcd.json /var/opt/gitlab/etcd
/etcd-settle | sed -E 's/[0-9]{9,}/ID/'
until_members 3 'node1 node2 node3'
/etcd-settle && echo 'nothing is left to do'
`;

/**
 * What a member without data takes for the cluster there is, from what its only peer says, one answer after the other.
 * Each answer: seconds the peer thinks about it, and the members with what they have told of their clients.
 */
const LOOKS = `
cat >/tmp/looks.py <<'PY'
import http.server, importlib.machinery, importlib.util, json, threading, time
loader = importlib.machinery.SourceFileLoader("etcd_start", "/etcd-start")
etcd_start = importlib.util.module_from_spec(importlib.util.spec_from_loader("etcd_start", loader))
loader.exec_module(etcd_start)
URL = {name: "http://127.0.1.%d:2380" % number for number, name in enumerate(("one", "two", "three"), 1)}
def members(*names, started=()):
    return [{"name": n, "peerURLs": [URL[n]], "clientURLs": ["x"] if n in started else []} for n in names]
def asked(name, first, answers):
    class Peer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            pause, said = answers[0] if len(answers) == 1 else answers.pop(0)
            time.sleep(pause)
            body = json.dumps(said).encode()
            self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
            self.wfile.write(body)
        def log_message(self, *said):
            pass
    peer = http.server.ThreadingHTTPServer(("127.0.1.2", 2380), Peer) if answers else None
    if peer: threading.Thread(target=peer.serve_forever, daemon=True).start()
    order = ["one", "two"] if first else ["two", "one"]
    found = etcd_start.cluster_there_is({"name": "one", "initial-advertise-peer-urls": URL["one"],
        "initial-cluster": ",".join("%s=%s" % (n, URL[n]) for n in order)})
    print(name + ": " + ("begins" if found is None else "joins " + " ".join(m["name"] for m in found)), flush=True)
    if peer: peer.shutdown(); peer.server_close()
old, new = members("two", "three", started=["two"]), members("one", "two")
asked("nobody is there, and it is the first", True, [])
asked("a new cluster lists it", False, [(0, new)])
asked("a cluster it was in reads its log", False, [(0, new), (0, members("one", "two", started=["two"]))])
asked("a cluster it was never in reads its log", False, [(0, []), (0, members("two", "three")), (0, old)])
asked("the same, and it is the first of its file", True, [(0, []), (0, members("two", "three")), (0, old)])
asked("a peer is slow", True, [(1.5, old)])
asked("a peer is too slow once", False, [(3, old), (0, old)])
PY
python3 /tmp/looks.py 2>&1
`;

const machines: OneMachine[] = [];

async function machineWith(script: string): Promise<OneMachine> {
  const machine = await oneMachine(
    script,
    { 'etcd-start': `${PROGRAMS}/etcd-start`, 'etcd-settle': `${PROGRAMS}/etcd-settle` },
    ['etcd'],
  );
  machines.push(machine);
  return machine;
}

afterEach(async () => {
  await Promise.all(machines.splice(0).map(async (machine) => machine.remove()));
});

// The first of them may have to make the image.
const LIMIT_MS = 600_000;

it(
  'a new member of etcd joins the cluster there is, and one that was taken out begins anew',
  async () => {
    const machine = await machineWith(SCRIPT);
    expect(await machine.run()).toEqual([
      'node3: node1 node2 node3',
      'node4 instead of node3, and all start together',
      'node4: node1 node2 node4',
      'value',
      'node3 comes back with what it held',
      'node3: node1 node2 node3 node4',
      'value',
      'etcd-start: was taken out of the cluster: what it holds is forgotten',
      'a file no longer names node4',
      'etcd-settle: member ID is taken out',
      'node3: node1 node2 node3',
      'nothing is left to do',
    ]);
  },
  LIMIT_MS,
);

it(
  'a member without data begins a cluster only where there is none, also beside peers that are slow or read their logs',
  async () => {
    const machine = await machineWith(LOOKS);
    expect(await machine.run()).toEqual([
      'nobody is there, and it is the first: begins',
      'a new cluster lists it: begins',
      'a cluster it was in reads its log: joins one two',
      'a cluster it was never in reads its log: joins two three',
      'the same, and it is the first of its file: joins two three',
      'a peer is slow: joins two three',
      'a peer is too slow once: joins two three',
    ]);
  },
  LIMIT_MS,
);
