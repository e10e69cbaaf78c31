import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { Relay } from '../../../../src/transport/relay/relay';
import { RelayedCommand } from '../../../../src/transport/relay/relayed-command';
import { RelayedStream } from '../../../../src/transport/relay/relayed-stream';

const GREETING = Buffer.from('h\0\0\0\0\0\0\0\0');
const TARGET = { type: 'U', data: '\0' + '0\0/a', where: '/a' } as const;

/** A relay that ends with this code before it stands. */
function ending(code: number): ReturnType<typeof Relay.start> {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const command = { stdout, stderr, stdin, exit: Promise.resolve(code), kill: async () => undefined };
  return Relay.start({ node: 'node1', spawn: async () => command }, false);
}

/** A relay that stands, and how it and its connection end. */
async function standing(): Promise<{ relay: Relay; end: () => void; hangUp: () => void }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let end = (): void => undefined;
  const exit = new Promise<number>((resolve) => (end = () => resolve(0)));
  const command = { stdout, stderr, stdin: new PassThrough().resume(), exit, kill: async () => undefined };
  stdout.write(GREETING);
  const relay = await Relay.start({ node: 'node1', spawn: async () => command }, true);
  if (!(relay instanceof Relay)) throw new Error('there is Perl');
  return { relay, end, hangUp: () => void stdout.end() };
}

it('what is begun through a relay that has just gone fails, instead of being waited for', async () => {
  const { relay, end } = await standing();
  end();
  await new Promise((resolve) => setImmediate(resolve));
  expect(relay.serves).toBe(false);
  const command = new RelayedCommand(relay, 'node1', { command: ['true'] });
  await expect(command.exit).rejects.toMatchObject({ reason: 'lost' });
  await expect(RelayedStream.connect(relay, 'node1', TARGET, undefined)).rejects.toMatchObject({
    reason: 'lost',
  });
});

it('ends with its connection: the engine may tell its exit code seconds later', async () => {
  const { relay, hangUp } = await standing();
  const command = new RelayedCommand(relay, 'node1', { command: ['cat'] });
  hangUp();
  await expect(command.exit).rejects.toMatchObject({ reason: 'lost' });
  expect(relay.serves).toBe(false);
});

it('what nobody wants any more when it is begun is given up', async () => {
  const { relay } = await standing();
  const connecting = RelayedStream.connect(relay, 'node1', TARGET, AbortSignal.abort());
  await expect(connecting).rejects.toMatchObject({ reason: 'aborted' });
});

it.each([
  ['there is no Perl', 127, undefined],
  ['Perl lacks a module, or may not do what it needs', 2, undefined],
  ['Perl died', 255, 'later'],
  ['the engine cannot start it at the moment', 126, 'later'],
])('%s: another way is taken', async (_, code, outcome) => {
  expect(await ending(code)).toBe(outcome);
});

it('what another one ended is lost', async () => {
  await expect(ending(137)).rejects.toMatchObject({ reason: 'lost' });
});
