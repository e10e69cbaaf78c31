"""What a client of GitLab does, for `probe`: it loads a page, commits, waits for a job, connects by SSH, keeps an object.

Each class takes the settings of probe.json and, with `host` and `port`, another place than the one that is written there.
"""
import datetime
import hashlib
import hmac
import http.client
import json
import re
import socket
import ssl
import time
import urllib.parse

PAGE = 100


def left_of(deadline):
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left


def connection_to(host, port, tls, deadline):
    """New for each request, as for most visitors. The certificate may be the user's own, and who signed it is not asked."""
    if not tls:
        return http.client.HTTPConnection(host, port, timeout=left_of(deadline))
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(host, port, timeout=left_of(deadline), context=context)


class Pace:
    """The times of a client whose attempts are work, in seconds; on a quick machine they are what it was told.

    How long an attempt may take: where the machine is slow, so long that what succeeds at all is waited for. Who gives up too
    early leaves its work to the machine, and comes again. And how long it is to the next one: a replica that is behind is not
    current again before there was a pause between two writes.
    """

    # An attempt that takes as many times as long as one that succeeded is no slow one any more.
    slack = 3
    # Of one who has succeeded so many in a row that are not answered are an outage; then it may be slowness that lasts.
    outage = 4
    most_s = 15
    # Of the time three quarters are a pause, at most so much.
    share = 4
    most_between_s = 6

    def __init__(self, least_s, between_s):
        self._least = least_s
        self._between = between_s
        self._usual = None
        self._unanswered = 0
        self._failed = False

    @property
    def between(self):
        """From the start of an attempt to the next one; one that failed has left nothing to do."""
        if self._usual is None or self._failed:
            return self._between
        return max(self._between, min(self.most_between_s, self.share * self._usual))

    @property
    def patience(self):
        usual = max(self._least, self.slack * (self._usual or 0))
        times = self._unanswered if self._usual is None else self._unanswered // self.outage
        return max(self._least, min(self.most_s, usual * 2 ** times))

    def note(self, well, took_s):
        """What became of an attempt. One that was refused at once says nothing about how long another one needs."""
        self._failed = not well
        if well:
            self._usual, self._unanswered = took_s, 0
        elif took_s >= self.patience * 0.9:
            self._unanswered += 1
        else:
            self._unanswered = 0


class Way:
    """A way into the cluster, by its name in probe.json."""

    name = None
    # Whether an attempt is so much work that a slow machine may need longer for it than is usual.
    laborious = False

    def __init__(self, settings, host, port):
        self._own = settings[self.name]
        self._address = (host or self._own.get("host") or settings["host"], port or self._own["port"])

    @property
    def place(self):
        return {"host": self._address[0], "port": self._address[1]}

    def close(self):
        pass


class Ssh(Way):
    """Until the server says who it is: nothing before that tells a client that it is served."""

    name = "git-ssh"

    def write(self, _run, _seq, deadline):
        with socket.create_connection(self._address, timeout=left_of(deadline)) as connection:
            with connection.makefile("rb") as file:
                connection.settimeout(left_of(deadline))
                if not file.readline(300).startswith(b"SSH-2.0-"):
                    raise ConnectionError("no SSH server answered")

    write_again = write


class Gitlab(Way):
    """Requests to GitLab."""

    def _ask(self, deadline, method, path, body=None):
        connection = connection_to(*self._address, self._own.get("tls"), deadline)
        try:
            headers = {"PRIVATE-TOKEN": self._own["token"], "Host": self._own["domain"]}
            if body is not None:
                headers["Content-Type"] = "application/json"
            connection.request(method, path, body and json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            connection.close()

    def _api(self, deadline, method, path, body=None, well=(200, 201)):
        status, said, _ = self._ask(deadline, method, "/api/v4" + path, body)
        if status not in well:
            raise RuntimeError("HTTP status %d: %s" % (status, said[:150].decode(errors="replace")))
        return json.loads(said) if said else None


class Page(Gitlab):
    """A page that anybody gets: by way of nginx and Workhorse from Puma, which asks neither Redis nor the database for it."""

    name = "web"

    def write(self, _run, _seq, deadline):
        status, _, headers = self._ask(deadline, "GET", "/users/sign_in")
        if status != 200:
            raise RuntimeError("HTTP status %d" % status)
        return {"node": headers.get("X-Served-By")}

    write_again = write


def _title_of(run):
    return re.compile(re.escape(run) + r" (\d+)")


def _seconds(date):
    """Since 1970, of a date as the API has it."""
    return datetime.datetime.fromisoformat(date.replace("Z", "+00:00")).timestamp()


class Commits(Gitlab):
    """A file of its own for each attempt, in a commit that names it, in a project that is made for it."""

    name = "commit"
    laborious = True
    project = "lab-probe"
    # One that has not committed for so long is over: a job may take 15 s before the next commit.
    others_s = 20

    def __init__(self, settings, host, port):
        super().__init__(settings, host, port)
        self._path = "/projects/" + urllib.parse.quote("root/" + self.project, safe="")
        self._is_there = False

    def write(self, run, seq, deadline):
        self._commit(run, seq, deadline)

    def _commit(self, run, seq, deadline):
        if not self._is_there:
            # 400: it has been taken already.
            self._api(deadline, "POST", "/projects", {"name": self.project}, well=(201, 400))
            self._is_there = True
        action = {"action": "create", "file_path": "%s/%d" % (run, seq), "content": "%d\n" % seq}
        asked = {"branch": "main", "commit_message": "%s %d" % (run, seq), "actions": [action]}
        try:
            return self._api(deadline, "POST", self._path + "/repository/commits", asked)["id"]
        except RuntimeError:
            # Somebody may have removed the project.
            self._is_there = False
            raise

    def present(self, run, deadline):
        return sorted(self._commits(run, deadline).values()), True

    def forget(self, run, deadline):
        """With the project goes what all runs have written: while another one writes it stays, and goes with that one."""
        if not self._others(run, deadline):
            self._api(deadline, "DELETE", self._path, well=(200, 202, 204, 404))

    def _others(self, run, deadline):
        """Whether another run commits at this time."""
        title = _title_of(run)
        newest = self._api(deadline, "GET", "%s/repository/commits?per_page=%d" % (self._path, PAGE), well=(200, 404))
        return isinstance(newest, list) and any(
            not title.fullmatch(one["title"].strip()) and time.time() - _seconds(one["authored_date"]) < self.others_s
            for one in newest)

    def _commits(self, run, deadline):
        """Numbers of attempts by their commits."""
        title = _title_of(run)
        listed = self._all(deadline, "/repository/commits")
        found = [(one["id"], title.fullmatch(one["title"].strip())) for one in listed]
        return {commit: int(match.group(1)) for commit, match in found if match}

    def _all(self, deadline, path):
        """Everything of a list."""
        page = 1
        while True:
            part = self._api(deadline, "GET", "%s%s?per_page=%d&page=%d" % (self._path, path, PAGE, page))
            yield from part
            if len(part) < PAGE:
                return
            page += 1


class Jobs(Commits):
    """A commit starts a job; it counts when the job is done."""

    name = "job"
    project = "lab-probe-jobs"
    pause_s = 0.15

    def write(self, run, seq, deadline):
        commit = self._commit(run, seq, deadline)
        while not any(job["status"] == "success" for job in self._jobs_of(commit, deadline)):
            time.sleep(min(self.pause_s, left_of(deadline)))

    def _jobs_of(self, commit, deadline):
        listed = self._api(deadline, "GET", self._path + "/jobs")
        return [job for job in listed if job["commit"]["id"] == commit]

    def present(self, run, deadline):
        commits = self._commits(run, deadline)
        done = [job["commit"]["id"] for job in self._all(deadline, "/jobs") if job["status"] == "success"]
        return sorted({commits[commit] for commit in done if commit in commits}), True


class Objects(Way):
    """Straight to the object store, as clients go with an address that GitLab signed."""

    name = "object"
    bucket = "/lab-probe"

    def __init__(self, settings, host, port):
        super().__init__(settings, host, port)
        self._bucket_is_there = False

    def write(self, run, seq, deadline):
        if not self._bucket_is_there:
            # 409: it is there already.
            self._ask(deadline, "PUT", self.bucket, well=(200, 409))
            self._bucket_is_there = True
        path = "%s/%s/%d" % (self.bucket, run, seq)
        body = b"%d" % seq
        self._ask(deadline, "PUT", path, body=body)
        if self._ask(deadline, "GET", path) != body:
            raise RuntimeError("it reads back something else")

    write_again = write

    def present(self, run, deadline):
        return sorted(int(name.rpartition("/")[2]) for name in self._names(run, deadline)), True

    def forget(self, run, deadline):
        for name in self._names(run, deadline):
            self._ask(deadline, "DELETE", "%s/%s" % (self.bucket, name), well=(200, 204, 404))

    def _names(self, run, deadline):
        marker = ""
        names = []
        while True:
            query = {"marker": marker, "max-keys": "1000", "prefix": run + "/"}
            listed = self._ask(deadline, "GET", self.bucket, query=query, well=(200, 404)).decode()
            part = re.findall("<Key>([^<]*)</Key>", listed)
            names += part
            if "<IsTruncated>true" not in listed or not part:
                return names
            marker = part[-1]

    def _ask(self, deadline, method, path, body=b"", query=None, well=(200,)):
        encoded = "&".join("%s=%s" % (key, urllib.parse.quote(value, safe="")) for key, value in sorted((query or {}).items()))
        connection = connection_to(*self._address, True, deadline)
        try:
            connection.request(method, path + ("?" + encoded if encoded else ""), body, self._signed(method, path, encoded, body))
            answer = connection.getresponse()
            said = answer.read()
            if answer.status not in well:
                raise RuntimeError("HTTP status %d" % answer.status)
            return said
        finally:
            connection.close()

    def _signed(self, method, path, query, body):
        """Headers by which the store knows who asks (AWS Signature Version 4)."""
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        digest = hashlib.sha256(body).hexdigest()
        headers = {"host": "%s:%d" % self._address, "x-amz-content-sha256": digest, "x-amz-date": now}
        names = ";".join(sorted(headers))
        lines = ["%s:%s" % (name, headers[name]) for name in sorted(headers)]
        canonical = "\n".join([method, path, query, *lines, "", names, digest])
        scope = "%s/%s/s3/aws4_request" % (now[:8], self._own["region"])
        to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = ("AWS4" + self._own["secret"]).encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
        headers["authorization"] = "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (
            self._own["key"], scope, names, signature)
        return headers
