import { parseSubnet } from '../../cluster/ipv4';
import type { Starter, StarterContext } from '../core/starter';

const HIGHEST_PRIORITY = 200;
const STEP = 10;
/** How long all others together are waited for, seconds. */
const PATIENCE_S = 0.8;

/** Keepalived in a new workspace: a file for each node, which names its neighbours. */
export const keepalivedStarter: Starter = {
  file: { path: ({ node }) => `nodes/${node.name}/keepalived.conf`, text },
};

function text(context: StarterContext): string {
  const { cluster, node } = context;
  return `# Keepalived of ${node.name}: keeps the virtual address on one node whose HAProxy answers.

global_defs {
    router_id ${node.name}
    enable_script_security
    script_user nobody
    # The new holder tells the neighbours at once, and again a second later.
    vrrp_garp_master_delay 1
}

vrrp_script haproxy_answers {
    script "/usr/bin/curl --silent --fail --output /dev/null --max-time 1 http://127.0.0.1:8404/health"
    interval 1
    timeout 2
    fall 2
    rise 1
}
${hearing(context)}
vrrp_instance gitlab {
    # BACKUP everywhere with nopreempt: the address stays where it is when a node comes back, because every move
    # is an interruption. The priorities only decide who takes over.
    state BACKUP
    nopreempt
    interface eth0
    virtual_router_id 51
    priority ${priorityOf(context)}
    advert_int 1

${neighbours(context)}
    virtual_ipaddress {
        ${cluster.vip}/${parseSubnet(cluster.subnet)?.prefix ?? 24}
    }

    track_script {
        haproxy_answers
        hears_a_node
    }
}
`;
}

/**
 * The check that a node hears any other machine of the cluster, whatever runs there: of two that can hold the address a
 * third one tells the survivor that it is not the one cut off.
 */
function hearing({ cluster, node }: StarterContext): string {
  const others = cluster.nodes.filter(({ name }) => name !== node.name);
  const wait = (PATIENCE_S / others.length).toFixed(1);
  const asked = others.map(({ address }) => `/usr/bin/ping -qn -c 1 -W ${wait} ${address}`);
  return `
# A node that hears no other one, although it may still be heard, can serve nobody: without this it would keep the
# address, or take it because no advertisement reaches it. All are asked within the second until the next time. Needs
# ICMP echo (ping) between the nodes.
vrrp_script hears_a_node {
    script "/usr/bin/sh -c '${asked.join(' || ')}'"
    interval 1
    timeout 2
    fall 2
    rise 1
}
`;
}

function priorityOf({ node, running }: StarterContext): number {
  return (
    HIGHEST_PRIORITY -
    STEP *
      Math.max(
        0,
        running.findIndex(({ name }) => name === node.name),
      )
  );
}

function neighbours({ node, running }: StarterContext): string {
  const peers = running.filter(({ name }) => name !== node.name);
  return `    # Cloud and container networks drop multicast.
    unicast_src_ip ${node.address}
    unicast_peer {
${peers.map(({ address }) => `        ${address}\n`).join('')}    }
`;
}
