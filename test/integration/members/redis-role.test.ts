import { afterAll, beforeAll, expect, it } from 'vitest';
import { oneMachine } from '../support/one-machine';
import type { OneMachine } from '../support/one-machine';

/**
 * Sentinels on loopback addresses of one machine that say who is master, or say it late, and what a Redis that starts
 * beside them makes of it. What this node remembers of an earlier day is 10.30.0.1.
 */
const SCRIPT = `
mkdir -p /opt/gitlab/etc /var/opt/gitlab/redis /var/opt/gitlab/sentinel
cat >/opt/gitlab/etc/lab.env <<'ENV'
LAB_SENTINELS='127.0.2.1 127.0.2.2'
LAB_SENTINEL_PORT=26379
LAB_REDIS_MASTER_NAME=gitlab-redis
LAB_REDIS_INITIAL_MASTER=10.30.0.9
LAB_REDIS_PORT=6379
LAB_NODE_ADDRESS=10.30.0.8
ENV
printf '#!/bin/sh\\necho secret\\n' >/opt/gitlab/lab/secret; chmod 755 /opt/gitlab/lab/secret
echo 'sentinel monitor gitlab-redis 10.30.0.1 6379 2' >/var/opt/gitlab/sentinel/sentinel.conf
echo 'port 6379' >/var/opt/gitlab/redis/redis.base.conf
cat >/tmp/sentinels.py <<'PY'
import socket, subprocess, sys, threading, time
def says(epoch, ip):
    fields = ["name", "gitlab-redis", "ip", ip, "port", "6379", "config-epoch", str(epoch)]
    return ("*%d\\r\\n" % len(fields) + "".join("$%d\\r\\n%s\\r\\n" % (len(f), f) for f in fields)).encode()
class Sentinel:
    """Answers one connection after the other as told, the last way again and again: (seconds it thinks, what it says)."""
    def __init__(self, address, ways):
        self.ways, self.server = ways, socket.create_server((address, 26379))
        threading.Thread(target=self.serve, daemon=True).start()
    def serve(self):
        while True:
            try: connection, _ = self.server.accept()
            except OSError: return
            way = self.ways.pop(0) if len(self.ways) > 1 else self.ways[0]
            threading.Thread(target=self.answer, args=(connection, *way), daemon=True).start()
    def answer(self, connection, pause, said):
        try:
            while b"MASTER" not in connection.recv(4096).upper(): connection.sendall(b"+OK\\r\\n")
            time.sleep(pause); connection.sendall(said)
        except OSError: pass
def case(name, *ways):
    sentinels = [Sentinel("127.0.2.%d" % n, list(way)) for n, way in enumerate(ways, 1) if way]
    said = subprocess.run(["/redis-role"], capture_output=True, text=True).stdout.splitlines()[-1]
    print(name + ": " + said.rpartition(" ")[2], flush=True)
    for sentinel in sentinels: sentinel.server.shutdown(socket.SHUT_RDWR); sentinel.server.close()
now, old, first = says(7, "10.30.0.2"), says(3, "10.30.0.1"), says(0, "10.30.0.3")
case("both answer, one is of an earlier epoch", [(0, old)], [(0, now)])
case("one answers, the other is slow", [(3, old)], [(0, now)])
case("one answers before any failover, the other is slow", [(3, old)], [(0, first), (3, old)])
case("both are slow once", [(3, now), (0, now)], [(3, now), (0, now)])
case("nobody is there: what it remembers", None, None)
case("both stay slow: what it remembers", [(3, now)], [(3, now)])
PY
python3 /tmp/sentinels.py 2>&1
`;

let machine: OneMachine | undefined;

beforeAll(async () => {
  machine = await oneMachine(SCRIPT, {
    'redis-role': 'lab/services/redis/rootfs/opt/gitlab/lab/redis-role',
  });
}, 420_000);

afterAll(async () => {
  await machine?.remove();
});

it('a Redis that starts follows whom Sentinels name, also when they are slow to say it', async () => {
  expect(await machine?.run()).toEqual([
    'both answer, one is of an earlier epoch: 10.30.0.2',
    'one answers, the other is slow: 10.30.0.2',
    'one answers before any failover, the other is slow: 10.30.0.3',
    'both are slow once: 10.30.0.2',
    'nobody is there: what it remembers: 10.30.0.1',
    'both stay slow: what it remembers: 10.30.0.1',
  ]);
}, 60_000);
