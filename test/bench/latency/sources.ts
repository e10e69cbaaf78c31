import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabInfo, LabService } from '../../../src/lab/lab-service';
import type { RunningCommand } from '../../../src/transport/transport';
import { onLines } from './lines';
import { unixMilliseconds } from './tai64n';

/**
 * When the sources themselves knew of a change, by clocks inside the nodes (which are the clock of this machine) and
 * without the observer: Patroni's leader key as the local Consul agent sees it, the kernel's addresses, and runit's own
 * time stamps.
 */
export class Sources {
  private readonly leaders: { readonly at: number; readonly leader: string | null }[] = [];
  private readonly arrivals: { readonly at: number; readonly node: string }[] = [];
  private readonly running: RunningCommand[] = [];

  private constructor(
    private readonly labs: LabService,
    private readonly lab: LabInfo,
  ) {}

  /** Starts listening in all nodes. */
  static async open(labs: LabService, lab: LabInfo, root: string): Promise<Sources> {
    const sources = new Sources(labs, lab);
    const script = await readFile(join(root, 'test', 'bench', 'latency', 'leader_key.py'), 'utf8');
    for (const { name } of lab.cluster.nodes) {
      const transport = await labs.transport(lab.name, name);
      const watchKey = '. /opt/gitlab/etc/lab.env; exec python3 -c "$1" "$LAB_PATRONI_SCOPE"';
      const keys = await transport.spawn(['bash', '-c', watchKey, '-', script]);
      onLines(keys.stdout, (line) =>
        sources.leaders.push(JSON.parse(line) as (typeof sources.leaders)[number]),
      );
      const addresses = await transport.spawn(['ip', '-ts', '-o', 'monitor', 'address']);
      onLines(addresses.stdout, (line) => sources.noteAddress(name, line));
      for (const command of [keys, addresses]) {
        // Its end is waited for in close(); ending early shows as a change nobody saw.
        command.exit.catch(() => undefined);
        sources.running.push(command);
      }
    }
    return sources;
  }

  /** When the first agent saw this leader, not before `since`. */
  leaderKnownAt(leader: string, since: number): number | undefined {
    return earliest(
      this.leaders.filter((change) => change.leader === leader).map(({ at }) => at),
      since,
    );
  }

  /** When the node's kernel had the virtual address, not before `since`. */
  vipArrivedAt(node: string, since: number): number | undefined {
    return earliest(
      this.arrivals.filter((arrival) => arrival.node === node).map(({ at }) => at),
      since,
    );
  }

  /** When runit noted the last change of the service's state. */
  async serviceChangedAt(node: string, service: string): Promise<number> {
    const transport = await this.labs.transport(this.lab.name, node);
    const { stdout } = await transport.exec([
      'base64',
      '-w',
      '0',
      `/opt/gitlab/service/${service}/supervise/status`,
    ]);
    return unixMilliseconds(Buffer.from(stdout, 'base64'));
  }

  /** Ends what was started in the nodes, and waits for it. */
  async close(): Promise<void> {
    const ended = this.running.map((command) => Promise.all([command.kill(), command.exit]));
    await Promise.race([Promise.allSettled(ended), sleep(5000)]);
  }

  private noteAddress(node: string, line: string): void {
    const at = vipArrival(line, this.lab.cluster.vip);
    if (at !== undefined) this.arrivals.push({ at, node });
  }
}

/**
 * Reads a line of `ip -ts -o monitor address`.
 * @returns When the address was added, milliseconds since the epoch; undefined for every other line.
 */
export function vipArrival(line: string, vip: string): number | undefined {
  const match = /^\[(\S+)\] (Deleted )?.*\binet (\d+\.\d+\.\d+\.\d+)\//.exec(line);
  if (!match?.[1] || match[2] || match[3] !== vip) return undefined;
  return Date.parse(`${match[1]}Z`);
}

function earliest(times: readonly number[], since: number): number | undefined {
  return times.filter((at) => at >= since).sort((a, b) => a - b)[0];
}
