"""Prints a line of JSON for each change of Patroni's leader key: when the local Consul agent answered, and who leads.

The connection stays open and the next question is on its way before anything is printed: a change that follows at once
(the key goes, then has a new owner) would otherwise be noted late by the time a new connection takes.

usage: leader_key.py SCOPE
"""

import http.client
import json
import sys
import time

path = f"/v1/kv/service/{sys.argv[1]}/leader?raw&stale&wait=60s&index="


def ask(connection, index):
    connection.request("GET", f"{path}{index}")


def answer(connection):
    """When the answer began to arrive, its index, and the leader; None when the key is not there."""
    response = connection.getresponse()
    at = time.time() * 1000
    body = response.read().decode()
    return at, int(response.headers.get("X-Consul-Index") or 0), body if response.status == 200 else None


def changes():
    last = None
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", 8500, timeout=90)
        try:
            ask(connection, 0)
            while True:
                at, index, leader = answer(connection)
                ask(connection, index)
                if leader != last:
                    yield at, leader
                    last = leader
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()


for at, leader in changes():
    print(json.dumps({"at": at, "leader": leader}), flush=True)
