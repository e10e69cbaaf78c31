#!/usr/bin/env bash
# HAProxy 2.6.12 (Debian 12): its metrics call a server UP that nobody checks; its statistics call it "no check".
#
# `show stat` has a state of its own for a server without `check`, and one would expect it in the Prometheus exporter of the
# same program. There the server is state="UP" 1, is one of the active servers, and even counts as UP in the sum of the
# checks' results, though nothing listens at its address. So an alert on servers that are DOWN never fires for it, and
# nothing in the metrics tells why. The same in 3.0 and 3.4.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
debian_packages haproxy=2.6.12-1+deb12u3 liblua5.3-0=5.3.6-2 \
  libopentracing-c-wrapper0=1.1.3-3+b1 libopentracing1=1.6.0-4

port=$(free_port)
cat >haproxy.cfg <<CFG
global
    stats socket $work/admin.sock
defaults
    mode http
    timeout connect 1s
    timeout client 1s
    timeout server 1s
frontend metrics
    bind 127.0.0.1:$port
    http-request use-service prometheus-exporter
backend app
    server dead 127.0.0.1:$(free_port)
CFG
run_unpacked usr/sbin/haproxy -f haproxy.cfg &
page "http://127.0.0.1:$port/metrics" | grep 'proxy="app"' >metrics
value() { sed -n "s/^$1{proxy=\"app\"$2} //p" metrics; }
expect 'metric: the server is UP' 1 "$(value haproxy_server_status ',server="dead",state="UP"')"
expect 'metric: servers that are UP by their check' 1 "$(value haproxy_backend_agg_server_check_status ',state="UP"')"
expect 'metric: active servers' 1 "$(value haproxy_backend_active_servers '')"

cat >ask.cjs <<'JS'
const socket = require('node:net').connect('admin.sock');
let text = '';
socket.on('data', (data) => (text += data)).on('end', () => {
  const [header, ...rows] = text.split('\n').map((line) => line.split(','));
  const server = rows.find(([proxy, name]) => proxy === 'app' && name === 'dead');
  console.log(server[header.indexOf('status')]);
});
socket.write('show stat\n');
JS
expect 'show stat: its status' 'no check' "$(node ask.cjs)"
