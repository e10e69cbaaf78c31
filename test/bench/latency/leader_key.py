"""Prints a line of JSON for each change of Patroni's leader key: when the local Consul agent answered, and who leads.

usage: leader_key.py SCOPE
"""

import json
import sys
import time
import urllib.error
import urllib.request

url = f"http://127.0.0.1:8500/v1/kv/service/{sys.argv[1]}/leader?raw&stale&wait=60s&index="
index = 0
last = None
while True:
    try:
        with urllib.request.urlopen(f"{url}{index}", timeout=90) as answer:
            leader, headers = answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        leader, headers = None, error.headers
    except OSError:
        index = 0
        time.sleep(0.2)
        continue
    at = time.time() * 1000
    index = int(headers.get("X-Consul-Index") or 0)
    if leader != last:
        print(json.dumps({"at": at, "leader": leader}), flush=True)
        last = leader
