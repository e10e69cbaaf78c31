import { setTimeout as sleep } from 'node:timers/promises';
import type { LabService } from '../../src/lab/lab-service';
import { clusterUrl, nameInGateway } from './gateway-client';

/**
 * A person with the stock git who knows address and token: makes a project as soon as the API takes one, then pushes until
 * it is taken. Prints when, milliseconds since the epoch.
 */
const CLIENT = `
set -u
url=$1
read -r TOKEN
export GIT_TERMINAL_PROMPT=0 HOME=/tmp/first-push
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
mkdir -p "$HOME" && cd "$HOME" && git init -q -b main . && git commit -q --allow-empty -m first
printf 'header = "PRIVATE-TOKEN: %s"\\n' "$TOKEN" >header
printf '#!/bin/sh\\necho username=root\\necho password=%s\\n' "$TOKEN" >credentials && chmod 700 credentials
until curl -sSk -m 2 -o answer -w '%{http_code}' -K header "$url/api/v4/projects" -d name=first | grep -qE '201|400'; do
  sleep 0.2
done
push() { timeout 5 git -c http.sslVerify=false -c credential.helper="$HOME/credentials" push -q "$url/root/first.git" main; }
until push 2>last; do sleep 0.2; done
date +%s%3N`;

/**
 * Pushes through the virtual address of a lab that is being deployed, from the moment its gateway runs.
 * @returns When the first push was taken, milliseconds since the epoch.
 */
export async function firstPush(labs: LabService, lab: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const info = await labs.get(lab);
      const { cluster, containers } = info;
      // Before its ports are published nobody knows where clients come in.
      const gatewayRuns = containers.some(({ role, state }) => role === 'gateway' && state === 'running');
      if (!gatewayRuns) throw new Error('the gateway does not run yet');
      const node = await labs.transport(lab, cluster.nodes[0]?.name ?? '');
      const secret = await node.exec(['/opt/gitlab/lab/secret', 'rootToken'], { signal });
      if (secret.exitCode !== 0) throw new Error(secret.stderr);
      const gateway = await labs.transport(lab, 'gateway');
      await nameInGateway(gateway, [{ name: cluster.domain, address: cluster.vip }]);
      const command = ['bash', '-c', CLIENT, 'first-push', clusterUrl(info)];
      const { stdout } = await gateway.exec(command, { signal, input: secret.stdout });
      const at = Number(stdout.trim());
      if (at > 0) return at;
    } catch (error) {
      // Not there yet, or there and not running yet.
      if (signal.aborted) throw error;
    }
    await sleep(200);
  }
}
