import type { Duplex } from 'node:stream';
import { meanwhileShared } from '../../../transport/meanwhile-shared';
import { readKnownHosts } from '../../../transport/ssh/known-hosts-files';
import { SshConnection } from '../../../transport/ssh/ssh-connection';
import type { SshTarget } from '../../../transport/ssh/ssh-connection';
import { SshError } from '../../../transport/ssh/ssh-error';

const SOCKET = '/var/run/docker.sock';
/** What Docker's own client runs there: joins its input and output with the engine of that machine and user. */
const COMMAND = 'docker system dial-stdio';
/** A server lets one connection have ten sessions (MaxSessions), unless told otherwise; commands are sessions. */
const COMMANDS_PER_CONNECTION = 8;

/** Opens the one SSH connection anew. */
export type OpenSsh = () => Promise<SshConnection>;

/** Logs in to the machine; the known hosts are read each time, so that a key just stored counts. */
export function sshOpener(target: SshTarget, knownHostsFiles: readonly string[]): OpenSsh {
  return async () => SshConnection.open(target, await readKnownHosts(knownHostsFiles));
}

/**
 * Streams to a Docker engine behind SSH: channels of one connection to the engine's socket; where the server forbids
 * those or the socket is elsewhere, Docker's program on the machine, over as many connections as its sessions need.
 */
export class EngineOverSsh {
  private connections: readonly SshConnection[] = [];
  private readonly opening = meanwhileShared(() => this.open());

  constructor(private readonly open: OpenSsh) {}

  /** @throws SshError when the machine or its engine cannot be reached */
  async dial(): Promise<Duplex> {
    const connection = await this.connection(Number.POSITIVE_INFINITY);
    try {
      return await connection.toSocket(SOCKET);
    } catch (error) {
      // Forbidden and absent look alike.
      if (!isRefusal(error)) throw error;
      return this.dialCommand();
    }
  }

  private async dialCommand(): Promise<Duplex> {
    for (let limit = COMMANDS_PER_CONNECTION; ; limit = 1) {
      const connection = await this.connection(limit);
      try {
        return await connection.toCommand(COMMAND);
      } catch (error) {
        // A server with fewer sessions than usual refuses a further one; on a fresh connection it is a real refusal.
        if (!isRefusal(error) || connection.sessions === 0) throw error;
      }
    }
  }

  /** A connection with fewer commands than `limit`, opened when there is none; one at a time. */
  private async connection(limit: number): Promise<SshConnection> {
    for (;;) {
      this.connections = this.connections.filter((connection) => connection.usable);
      const free = this.connections.find((connection) => connection.sessions < limit);
      if (free) return free;
      const opened = await this.opening();
      if (!this.connections.includes(opened)) this.connections = [...this.connections, opened];
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof SshError && error.reason === 'refused';
}
