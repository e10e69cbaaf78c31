#!/usr/bin/env bash
# redis_exporter 1.45.0 (Debian 12): of a Redis that is down it says "unknown network redis".
#
# The address may be given as `redis://host:port`, as in the exporter's default. When nobody listens there, the error it
# reports takes the scheme for a kind of network: a dead server looks like a wrong address. Given as `host:port` the same
# server is reported as it is: connection refused. So the error label tells an outage from a mistake only where the
# address has no scheme. The same in 1.69.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
debian_packages prometheus-redis-exporter=1.45.0-2+b4

dead=$(free_port)
for address in "redis://127.0.0.1:$dead" "127.0.0.1:$dead"; do
  port=$(free_port)
  run_unpacked usr/bin/prometheus-redis-exporter --redis.addr="$address" --web.listen-address="127.0.0.1:$port" 2>>log &
  page "http://127.0.0.1:$port/metrics" | sed -n "s/$dead/PORT/;s/^redis_exporter_last_scrape_error{err=\"\(.*\)\"} 1$/\1/p" >>seen
done
expect 'with redis://' 'dial redis: unknown network redis' "$(sed -n 1p seen)"
expect 'without it' 'dial tcp 127.0.0.1:PORT: connect: connection refused' "$(sed -n 2p seen)"
