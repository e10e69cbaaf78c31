"""
A client outside the cluster that makes every journey at once, again and again, and says what became of each attempt.

Reads its task, an object, from the first line of standard input. Prints a JSON object a line:
  {"journey": "row", "seq": 7, "at": 1764000000000, "ms": 31, "ok": true, "id": "...", "job": 4}
`at` is when the attempt began, milliseconds since the epoch; `error` says why it failed. What is not acknowledged is tried
again under the same number, as whoever pushes again does. Pushes rest between the lines "rest" and "go". Ends when standard
input does.
With "verify" in the task it reads back objects and artifacts instead, and prints those that are not as they should be.
"""

import concurrent.futures
import datetime
import hashlib
import hmac
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

TASK = json.loads(sys.stdin.readline())
LOCK = threading.Lock()
FOLDER = f"/tmp/journeys-{os.getpid()}"
CONTEXT = ssl.create_default_context(cadata=TASK["ca"])
PAUSE_S = 0.15
GO = threading.Event()


def say(value):
    with LOCK:
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()


def fetch(url, timeout, method="GET", headers=None, data=None):
    """Body of an answer with a good status; raises with the reason otherwise."""
    request = urllib.request.Request(url, data=data, method=method, headers=headers or {})
    with urllib.request.urlopen(request, timeout=timeout, context=CONTEXT) as answer:
        return answer.read()


def api(path, timeout=2.0, method="GET", value=None):
    headers = {"PRIVATE-TOKEN": TASK["token"], "Content-Type": "application/json"}
    data = None if value is None else json.dumps(value).encode()
    return fetch(f"{TASK['url']}/api/v4/{path}", timeout, method, headers, data)


def signed(method, key, body):
    """Headers of a request to object storage: signature version 4."""
    store = TASK["store"]
    now = datetime.datetime.now(datetime.timezone.utc)
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    digest = hashlib.sha256(body).hexdigest()
    names = "host;x-amz-content-sha256;x-amz-date"
    head = f"host:{store['host']}\nx-amz-content-sha256:{digest}\nx-amz-date:{stamp}\n"
    asked = "\n".join([method, key, "", head, names, digest])
    scope = f"{day}/us-east-1/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(asked.encode()).hexdigest()])
    secret = ("AWS4" + store["secret"]).encode()
    for part in (day, "us-east-1", "s3", "aws4_request"):
        secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
    credential = f"AWS4-HMAC-SHA256 Credential={store['key']}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {"x-amz-date": stamp, "x-amz-content-sha256": digest, "Authorization": credential}


def object_path(seq):
    return f"/{TASK['store']['bucket']}/journeys/{TASK['run']}/{seq}"


def content(seq):
    return f"{TASK['run']} {seq}\n".encode() * 100


def store_call(method, seq, body, timeout):
    path = object_path(seq)
    return fetch(f"https://{TASK['store']['host']}{path}", timeout, method, signed(method, path, body), body or None)


def command(words, env, timeout):
    """Output of a program that succeeded; with all it has started it ends in time."""
    child = subprocess.Popen(
        words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )
    try:
        said, _ = child.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        said, _ = child.communicate()
        raise RuntimeError(f"no answer within {timeout} s: {said[-150:]}") from None
    if child.returncode != 0:
        raise RuntimeError(said.strip()[-200:])
    return said


class Read:
    """Somebody looks at a project."""

    pause_s = 0.3
    rests = False

    def attempt(self, _seq):
        api(f"projects/{TASK['project']}")
        return {}


class Row:
    """An issue, a row of the database."""

    pause_s = 0.4
    rests = False

    def attempt(self, seq):
        said = json.loads(api(f"projects/{TASK['project']}/issues", 2.0, "POST", {"title": f"{TASK['run']}-{seq}"}))
        return {"id": str(said["iid"])}


class Object:
    """An object, written as the owner of a presigned link writes it."""

    pause_s = 0.9
    rests = False

    def attempt(self, seq):
        store_call("PUT", seq, content(seq), 3.0)
        return {}


class Push:
    """A commit, by the stock git; what the server says of a job is its acknowledgement of that."""

    pause_s = 1.5
    rests = True

    def __init__(self, branch, remote, options, env=None):
        self.branch, self.remote, self.options = branch, remote, options
        self.folder = f"{FOLDER}/{branch}"
        author = {f"GIT_{who}_{what}": "lab@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        self.env = {**os.environ, **author, "GIT_TERMINAL_PROMPT": "0", "HOME": FOLDER, **(env or {})}
        self.next = None
        command(["git", "init", "-q", "-b", branch, self.folder], self.env, 20)
        with open(f"{self.folder}/README", "w", encoding="utf8") as file:
            file.write(branch)
        self.git("add", "README")
        self.git("commit", "-q", "-m", "first")
        self.tip, self.tree = self.git("rev-parse", "HEAD", "HEAD^{tree}").split()

    def git(self, *words, timeout=20):
        return command(["git", "-C", self.folder, *words], self.env, timeout)

    def attempt(self, seq):
        if self.next is None:
            self.next = self.git("commit-tree", self.tree, "-p", self.tip, "-m", f"{TASK['run']} {self.branch} {seq}").strip()
        refs = f"{self.next}:refs/heads/{TASK['run']}-{self.branch}"
        said = self.git(*self.options, "push", "-o", "ci.variable=LAB_SECONDS=1", self.remote, refs, timeout=6)
        self.tip, self.next = self.next, None
        job = re.search(r"Job (\d+) packs", said)
        return {"id": self.tip, **({"job": int(job.group(1))} if job else {})}


def journey(name, kind, stop):
    seq = 1
    while not stop.is_set():
        if kind.rests and not GO.wait(0.2):
            continue
        at, since = time.time(), time.monotonic()
        try:
            answer = {"ok": True, **kind.attempt(seq)}
        except Exception as error:  # whatever it was: the client was not served
            answer = {"ok": False, "error": f"{type(error).__name__} {error}"[:300]}
        took = time.monotonic() - since
        say({"journey": name, "seq": seq, "at": round(at * 1000), "ms": round(took * 1000), **answer})
        if answer["ok"]:
            seq += 1
        stop.wait(kind.pause_s if answer["ok"] else PAUSE_S)


def prepare():
    """A key for SSH; the project is there already."""
    os.makedirs(FOLDER)
    key = f"{FOLDER}/key"
    command(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], os.environ, 20)
    with open(f"{key}.pub", encoding="utf8") as file:
        api("user/keys", 10, "POST", {"title": TASK["run"], "key": " ".join(file.read().split()[:2])})
    with open(f"{FOLDER}/ca.crt", "w", encoding="utf8") as file:
        file.write(TASK["ca"])
    helper = f"{FOLDER}/credentials"
    with open(helper, "w", encoding="utf8") as file:
        file.write(f"#!/bin/sh\necho username=root\necho password={TASK['token']}\n")
    os.chmod(helper, 0o700)
    return key, helper


def travel():
    key, helper = prepare()
    ssh = f"ssh -i {key} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -o LogLevel=ERROR"
    over_http = ["-c", f"credential.helper={helper}", "-c", f"http.sslCAInfo={FOLDER}/ca.crt"]
    kinds = {
        "read": Read(),
        "row": Row(),
        "commit over HTTP": Push("http", f"{TASK['url']}/{TASK['path']}.git", over_http),
        "commit over SSH": Push("ssh", f"git@{TASK['host']}:{TASK['path']}.git", [], {"GIT_SSH_COMMAND": ssh}),
        "object": Object(),
    }
    stop = threading.Event()
    threads = [threading.Thread(target=journey, args=(name, kind, stop)) for name, kind in kinds.items()]
    for thread in threads:
        thread.start()
    GO.set()
    for line in sys.stdin:
        GO.clear() if line.strip() == "rest" else GO.set()
    stop.set()
    for thread in threads:
        thread.join()


def until_read(read, good):
    """Whether a thing reads back as it should, tried for a while: what is asked is whether it is there."""
    for _ in range(5):
        try:
            return good(read())
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return False
            time.sleep(1)
        except OSError:
            time.sleep(1)
    return False


def verify():
    asked = TASK["verify"]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        objects = pool.map(
            lambda seq: until_read(lambda: store_call("GET", seq, b"", 5.0), lambda body: body == content(seq)), asked["objects"]
        )
        artifacts = pool.map(
            lambda one: until_read(
                lambda: api(f"projects/{TASK['project']}/jobs/{one['job']}/artifacts", 10.0),
                lambda body: hashlib.sha256(body).hexdigest() == one["sha256"],
            ),
            asked["artifacts"],
        )
        say({
            "objects": [seq for seq, good in zip(asked["objects"], objects) if not good],
            "artifacts": [one["job"] for one, good in zip(asked["artifacts"], artifacts) if not good],
        })


try:
    verify() if "verify" in TASK else travel()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
