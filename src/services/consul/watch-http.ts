import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { StreamAgent } from '../../transport/stream-agent';

export interface ConsulAnswer {
  readonly status: number;
  /** X-Consul-Index: goes up with every change; 0 when the answer carries none. */
  readonly index: number;
  /** False while the agent that answered knows of no Raft leader. */
  readonly knownLeader: boolean;
  readonly body: string;
}

/** One connection to a Consul agent's HTTP API; requests are answered one after the other. */
export class ConsulConnection {
  private readonly agent: StreamAgent;

  constructor(open: () => Promise<Duplex>) {
    this.agent = new StreamAgent(open, { maxSockets: 1, maxFreeSockets: 1 });
  }

  /**
   * @param path absolute path with query
   * @param timeoutMs milliseconds until the agent counts as not answering
   * @throws Error when the connection fails, the answer is late, or the signal is aborted
   */
  get(path: string, timeoutMs: number, signal: AbortSignal): Promise<ConsulAnswer> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    return new Promise((resolve, reject) => {
      const asked = request(
        { agent: this.agent, host: 'consul', path, method: 'GET', signal: limit },
        (answer) => {
          readBody(answer).then((body) => resolve({ ...headersOf(answer), body }), reject);
        },
      );
      asked.on('error', (error) =>
        reject(signal.aborted || !limit.aborted ? error : new Error(`no answer within ${timeoutMs} ms`)),
      );
      asked.end();
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function headersOf(answer: IncomingMessage): Omit<ConsulAnswer, 'body'> {
  const header = (name: string): string | undefined => {
    const value = answer.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    status: answer.statusCode ?? 0,
    index: Number(header('x-consul-index') ?? 0) || 0,
    knownLeader: header('x-consul-knownleader') !== 'false',
  };
}
