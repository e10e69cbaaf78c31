import type Docker from 'dockerode';
import { DockerTransport } from '../../transport/docker-transport';
import { LabError } from '../lab-error';

/**
 * Sees to it that the interface with the address ($1) has the name it has after a start: a running container that is
 * attached again gets eth1, and Keepalived would wait for eth0 for ever. The node's own helper (keep-eth0) does it
 * and restarts Keepalived, so it is waited for; where it does not run, it is done here. A default route is lost
 * with the rename and set again.
 */
const NAME_IT_ETH0 = `
named() { ip -o -4 address show dev eth0 2>/dev/null | grep -qF " $1/"; }
for _ in {1..30}; do named "$1" && exit 0; sleep 0.1; done
name=$(ip -o -4 address show | awk -v address="$1/" 'index($4, address) == 1 { print $2 }')
gateway=$(ip -4 route show default dev "$name" | awk '{ print $3 }')
ip link set dev "$name" down && ip link set dev "$name" name eth0
ip link set dev eth0 up
if [ -n "$gateway" ]; then ip route replace default via "$gateway" dev eth0; fi
named "$1"`;

/**
 * Names the interface of a node that was attached to its network while it ran. Nothing to do for one that does not
 * run. @throws LabError `docker-failed`
 */
export async function nameInterface(
  node: string,
  container: Docker.Container,
  address: string,
): Promise<void> {
  const { State } = await container.inspect();
  if (!State.Running || State.Paused) return;
  const transport = new DockerTransport(node, container);
  const { exitCode, stderr } = await transport.exec(['bash', '-c', NAME_IT_ETH0, '-', address]);
  if (exitCode === 0) return;
  throw new LabError(
    'docker-failed',
    `${node} is on the network again, but its interface could not be named eth0: ${stderr.trim()}`,
    `Restart ${node}: its interface has the right name after a start.`,
  );
}
