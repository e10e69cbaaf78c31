import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createInterface } from 'node:readline';
import { StreamAgent } from '../../transport/stream-agent';

export interface EtcdAnswer {
  readonly status: number;
  readonly body: string;
}

/** One connection to an etcd's HTTP API; questions are answered one after the other. */
export class EtcdConnection {
  private readonly agent: StreamAgent;

  constructor(open: () => Promise<Duplex>) {
    this.agent = new StreamAgent(open, { maxSockets: 1, maxFreeSockets: 1 });
  }

  /**
   * @param timeoutMs milliseconds until the member counts as not answering
   * @throws Error when the connection fails, the answer is late, or the signal is aborted
   */
  ask(path: string, question: object, timeoutMs: number, signal: AbortSignal): Promise<EtcdAnswer> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    return new Promise((resolve, reject) => {
      const asked = this.post(path, question, limit, (answer) => {
        readBody(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), reject);
      });
      asked.on('error', (error) =>
        reject(signal.aborted || !limit.aborted ? error : new Error(`no answer within ${timeoutMs} ms`)),
      );
    });
  }

  /**
   * Tells each line of an answer that goes on and on. Resolves when it ends.
   * @throws Error when the connection fails or the signal is aborted
   */
  follow(path: string, question: object, signal: AbortSignal, onLine: (line: string) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const asked = this.post(path, question, signal, (answer) => {
        answer.on('error', reject);
        createInterface({ input: answer }).on('error', reject).on('line', onLine).on('close', resolve);
      });
      asked.on('error', reject);
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private post(
    path: string,
    question: object,
    signal: AbortSignal,
    onAnswer: (answer: IncomingMessage) => void,
  ): ClientRequest {
    const body = JSON.stringify(question);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(
      { agent: this.agent, host: 'etcd', path, method: 'POST', headers, signal },
      onAnswer,
    );
    asked.end(body);
    return asked;
  }
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
