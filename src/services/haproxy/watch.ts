import { StringDecoder } from 'node:string_decoder';
import type { Duplex } from 'node:stream';
import type { WatchContext } from '../core/watch/context';
import { seenOn } from '../core/live/fact';
import { declaredIn } from '../core/live/declared';
import { HAPROXY_ROWS, HAPROXY_SOURCE } from './facts';
import { IDLE_BACKENDS, STATISTICS_SOCKET } from './socket';
import { parseHaproxyStats } from './stats';
import { keepConnected } from '../core/watch/keep-connected';
import { poll } from '../core/watch/poll';
import type { Pace } from '../core/watch/poll';

const PACE: Pace = { quietMs: 1_000, hurriedMs: 500 };
const ANSWER_MS = 3_000;
const PROMPT = '\n> ';

/** Asks a node's HAProxy for its statistics every second, over one connection to its statistics socket. */
export function watchHaproxy(context: WatchContext, node: string): Promise<void> {
  const path = declaredIn(context.declared, STATISTICS_SOCKET);
  const idle = new Set(declaredIn(context.declared, IDLE_BACKENDS).split(' '));
  return keepConnected(context, HAPROXY_SOURCE, node, async (signal) => {
    const transport = await context.transport(node);
    const stream = await transport.dial({ path }, signal, { endTogether: true });
    signal.addEventListener('abort', () => stream.destroy(), { once: true });
    const console = new PromptedConsole(stream);
    await console.ask('prompt');
    const asking = poll(context, node, PACE, signal, async () => {
      const rows = parseHaproxyStats(await console.ask('show stat'));
      const judged = rows.filter(({ proxy }) => !idle.has(proxy));
      context.emit(seenOn(HAPROXY_ROWS, node, context.now(), judged));
    });
    await Promise.race([asking, console.ended]);
  });
}

/** A console that ends each answer with a prompt. One question at a time. */
class PromptedConsole {
  private text = '';
  private readonly decoder = new StringDecoder('utf8');
  private answered: ((answer: string) => void) | undefined;
  /** Rejects when the connection ends; never resolves. */
  readonly ended: Promise<never>;

  constructor(private readonly stream: Duplex) {
    this.ended = new Promise((_, reject) => {
      stream.on('error', reject);
      stream.once('end', () => reject(new Error('HAProxy closed its statistics socket')));
      stream.once('close', () => reject(new Error('the connection to HAProxy was closed')));
    });
    this.ended.catch(() => undefined);
    stream.on('data', (chunk: Buffer) => {
      this.text += this.decoder.write(chunk);
      if (!this.text.endsWith(PROMPT)) return;
      const answer = this.text.slice(0, -PROMPT.length);
      this.text = '';
      this.answered?.(answer);
    });
  }

  async ask(command: string): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`HAProxy did not answer within ${ANSWER_MS} ms`)), ANSWER_MS);
    });
    try {
      const answer = new Promise<string>((resolve) => (this.answered = resolve));
      this.stream.write(`${command}\n`);
      return await Promise.race([answer, late, this.ended]);
    } finally {
      clearTimeout(timer);
    }
  }
}
