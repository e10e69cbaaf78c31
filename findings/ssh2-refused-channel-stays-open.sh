#!/usr/bin/env bash
# ssh2 1.17.0: the channel of a refused sftp() or exec() stays open.
#
# When a server refuses the subsystem or the command, the callback gets an error, and one would take the channel for gone:
# there is no object left to close it with. The client never closes it, so each failed call keeps one of the sessions the
# server allows per connection (MaxSessions, 10 by OpenSSH's default), until the connection ends. The server below is
# ssh2's own, and counts its open sessions. So after a refusal the connection is better replaced than used for ever.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
npm_packages ssh2@1.17.0

cat >try.cjs <<'JS'
const { Client, Server, utils } = require('ssh2');
let open = 0;
const accept = (session) => {
  open += 1;
  session.on('close', () => (open -= 1));
  session.on('sftp', (_, refuse) => refuse());
  session.on('exec', (run, refuse, { command }) => {
    if (command !== 'true') return refuse();
    const stream = run();
    stream.exit(0);
    stream.end();
  });
};
const server = new Server({ hostKeys: [utils.generateKeyPairSync('ed25519').private] }, (client) => {
  client.on('authentication', (context) => context.accept());
  client.on('session', (take) => accept(take()));
  client.on('error', () => {});
});
const client = new Client();
const exec = (command) =>
  new Promise((done) =>
    client.exec(command, (error, stream) => (error ? done('refused') : stream.on('close', () => done('ran')).resume())),
  );
const sftp = () => new Promise((done) => client.sftp((error) => done(error ? 'refused' : 'opened')));
const told = async (what, result) => {
  await new Promise((done) => setTimeout(done, 500));
  console.log(`${what} ${result}: ${open} open`);
};
client.on('ready', async () => {
  await told('true', await exec('true'));
  await told('false', await exec('false'));
  await told('sftp', await sftp());
  client.end();
  server.close();
});
server.listen(0, '127.0.0.1', () => {
  client.connect({ host: '127.0.0.1', port: server.address().port, username: 'user', password: 'any' });
});
JS
node try.cjs >seen
expect 'a command that ran' 'true ran: 0 open' "$(sed -n 1p seen)"
expect 'a command that was refused' 'false refused: 1 open' "$(sed -n 2p seen)"
expect 'a subsystem that was refused' 'sftp refused: 2 open' "$(sed -n 3p seen)"
