import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client, ClientChannel, ServerHostKeyAlgorithm } from 'ssh2';
import { ChannelStream } from './channel-stream';
import type { HostKeyVerdict, KnownHost } from './known-hosts';
import { fingerprint, judgeHostKey, knownKeyTypes, nameOf } from './known-hosts';
import { SshError } from './ssh-error';

export interface SshTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Socket of the agent that holds the user's keys. */
  readonly agent?: string;
}

const READY_TIMEOUT_MS = 10_000;
const KEEPALIVE_MS = 5_000;
const KEEPALIVE_COUNT = 3;
/** A connection nobody has waited for since this long is closed: it would keep the process alive. */
const IDLE_MS = 250;

/** The host key algorithms ssh2 has, best first, and the type of key each is for. */
const ALGORITHMS: readonly (readonly [algorithm: ServerHostKeyAlgorithm, keyType: string])[] = [
  ['ssh-ed25519', 'ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256'],
  ['ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp384'],
  ['ecdsa-sha2-nistp521', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'ssh-rsa'],
  ['rsa-sha2-256', 'ssh-rsa'],
  ['ssh-rsa', 'ssh-rsa'],
];

/** The algorithms to offer: those for keys that are known come first, else a server with several keys looks changed. */
export function hostKeyAlgorithms(knownTypes: readonly string[]): ServerHostKeyAlgorithm[] {
  const known = knownTypes.flatMap((type) => ALGORITHMS.filter(([, keyType]) => keyType === type));
  return [...new Set([...known, ...ALGORITHMS])].map(([algorithm]) => algorithm);
}

/** One connection to a machine behind SSH; every stream is a channel of it. */
export class SshConnection {
  private readonly streams = new Set<ChannelStream>();
  private held = 0;
  private commands = 0;
  private idle: NodeJS.Timeout | undefined;
  private over = false;

  private constructor(
    private readonly target: SshTarget,
    private readonly client: Client,
  ) {
    client.on('error', () => this.lose());
    client.on('close', () => this.lose());
    this.closeWhenIdle();
  }

  /**
   * Connects, checks the server's key against the known ones, then logs in with the agent's keys.
   * @throws SshError `host-key` (nothing was sent), `login` or `unreachable`
   */
  static async open(target: SshTarget, known: readonly KnownHost[]): Promise<SshConnection> {
    // Loaded here because it is slow to load and few sessions need it.
    const { default: ssh2 } = await import('ssh2');
    const client = new ssh2.Client();
    // ssh2's own socket waits for more to send (Nagle), which costs 40 ms a request.
    const socket = connect({ host: target.host, port: target.port, noDelay: true });
    let refusal: SshError | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        client.once('ready', resolve).once('error', reject);
        client.once('close', () => reject(new Error('the connection was closed before the login was done')));
        client.connect({
          sock: socket,
          username: target.user,
          ...(target.agent ? { agent: target.agent } : {}),
          algorithms: { serverHostKey: hostKeyAlgorithms(knownKeyTypes(known, target)) },
          hostVerifier: (key: Buffer): boolean => {
            refusal = hostKeyRefusal(target, judgeHostKey(known, target, key), key);
            return refusal === undefined;
          },
          keepaliveInterval: KEEPALIVE_MS,
          keepaliveCountMax: KEEPALIVE_COUNT,
          readyTimeout: READY_TIMEOUT_MS,
        });
      });
    } catch (cause) {
      client.on('error', () => undefined);
      client.end();
      socket.destroy();
      throw refusal ?? openFailure(target, cause);
    }
    return new SshConnection(target, client);
  }

  /** False once it has ended; then another one must be opened. */
  get usable(): boolean {
    return !this.over;
  }

  /** How many commands run or are being started: servers limit them, other streams not. */
  get sessions(): number {
    return this.commands;
  }

  /** A stream to a unix socket on the machine. @throws SshError `refused` or `lost` */
  toSocket(path: string): Promise<Duplex> {
    return this.channel(say('the socket {0}', path), (opened) =>
      this.client.openssh_forwardOutStreamLocal(path, opened),
    );
  }

  /** A stream to the standard input and output of a command. @throws SshError `refused` or `lost` */
  async toCommand(command: string): Promise<Duplex> {
    this.commands++;
    try {
      const stream = await this.channel(`"${command}"`, (opened) => this.client.exec(command, opened));
      return stream.once('close', () => this.commands--);
    } catch (error) {
      this.commands--;
      throw error;
    }
  }

  /** Ends the connection and every stream of it. Safe to call twice. */
  close(): void {
    this.client.end();
    this.lose();
  }

  private channel(
    what: Message | string,
    open: (opened: (error: Error | undefined, channel: ClientChannel) => void) => void,
  ): Promise<Duplex> {
    this.hold();
    return new Promise<Duplex>((resolve, reject) => {
      if (this.over) return reject(this.lost());
      open((error, channel) => {
        if (this.over) reject(this.lost());
        else if (error) reject(this.refused(what, error));
        else resolve(this.adopt(channel, what));
      });
    }).finally(() => this.release());
  }

  private adopt(channel: ClientChannel, what: Message | string): ChannelStream {
    const stream: ChannelStream = new ChannelStream(channel, {
      onHeld: (held) => (held ? this.hold() : this.release()),
      onClose: () => this.streams.delete(stream),
      failure: (complaint) => (complaint === '' ? this.lost() : this.refused(what, new Error(complaint))),
    });
    this.streams.add(stream);
    return stream;
  }

  private hold(): void {
    clearTimeout(this.idle);
    this.held++;
  }

  private release(): void {
    this.held--;
    this.closeWhenIdle();
  }

  private closeWhenIdle(): void {
    clearTimeout(this.idle);
    if (this.held === 0 && !this.over) this.idle = setTimeout(() => this.close(), IDLE_MS);
  }

  private lose(): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.idle);
    for (const stream of this.streams) stream.lose();
  }

  private lost(): SshError {
    return new SshError(
      'lost',
      say('The SSH connection to {0} was lost.', describeTarget(this.target)),
      say('Check the network; it is opened again with the next request.'),
    );
  }

  private refused(what: Message | string, cause: Error): SshError {
    return new SshError(
      'refused',
      say('{0} did not open {1}: {2}', describeTarget(this.target), what, cause.message),
      say('Check that it exists there and that this user may use it.'),
      { cause },
    );
  }
}

/** The machine as people write it. */
export function describeTarget({ host, port, user }: SshTarget): string {
  return `${user}@${nameOf({ host, port })}`;
}

/** The command of `ssh` that reaches the same machine. */
function sshCommand({ host, port, user }: SshTarget): string {
  return port === 22 ? `ssh ${user}@${host}` : `ssh -p ${port} ${user}@${host}`;
}

/** Why a server is refused because of its key; undefined when the key is known. */
function hostKeyRefusal(target: SshTarget, verdict: HostKeyVerdict, key: Buffer): SshError | undefined {
  const where = nameOf(target);
  const shown = fingerprint(key);
  const command = sshCommand(target);
  const refusal = (why: Message, advice: Message): SshError =>
    new SshError('host-key', say('{0} Nothing was sent.', why), advice);
  switch (verdict.kind) {
    case 'known':
      return undefined;
    case 'unknown':
      return refusal(
        say('The key of {0} is not known ({1}).', where, shown),
        say(
          'Compare it with what the machine\'s administrator says, then connect once with "{0}", which shows it and stores it.',
          command,
        ),
      );
    case 'changed':
      return refusal(
        say(
          '{0} shows another key ({1}) than the one in {2}: somebody may be in between, or it was set up anew.',
          where,
          shown,
          verdict.place,
        ),
        say(
          "Ask the machine's administrator. If it was set up anew, forget the old key with ssh-keygen -R '{0}', then connect once with \"{1}\", which shows it and stores it.",
          where,
          command,
        ),
      );
    case 'revoked':
      return refusal(
        say('The key of {0} ({1}) is revoked in {2}.', where, shown, verdict.place),
        say('Do not use this machine until its administrator has given it another key.'),
      );
    case 'certificate-only':
      return refusal(
        say(
          '{0} is known by a certificate authority only ({1}), and host certificates cannot be checked here.',
          where,
          verdict.place,
        ),
        say(
          "Store the machine's plain key ({0}) as well: ssh-keyscan shows it, its administrator confirms it.",
          shown,
        ),
      );
  }
}

function openFailure(target: SshTarget, cause: unknown): SshError {
  const where = describeTarget(target);
  const message = cause instanceof Error ? cause.message : String(cause);
  const level = cause instanceof Error && 'level' in cause ? cause.level : undefined;
  if (level === 'client-authentication' || level === 'agent') {
    const agent = target.agent
      ? say('none of the keys in the SSH agent fits')
      : say('there is no SSH agent (SSH_AUTH_SOCK)');
    return new SshError(
      'login',
      say('{0} does not let you in: {1}.', where, agent),
      say('Load your key with ssh-add; "{0}" must work without a question.', sshCommand(target)),
      { cause },
    );
  }
  return new SshError(
    'unreachable',
    say('{0} cannot be reached over SSH: {1}.', where, message),
    say('Check the name, the port and the network with "{0}".', sshCommand(target)),
    { cause },
  );
}
