import { declaredAs, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Observer } from '../../observe/observer';
import type { ClusterState } from '../../observe/state';
import { switchoverOf } from '../../services/switchovers';
import type { ServiceSwitchover, SwitchoverId } from '../../services/switchovers';
import type { ExecResult, NodeTransport } from '../../transport/transport';
import { LabError } from '../lab-error';
import type { LabInfo } from '../lab-service';
import { profileOf } from '../profiles/profiles';
import { labTarget } from '../target';

/** A hand-over takes two or three seconds. */
const MOVED_LIMIT_MS = 30_000;
/** The programs that hand over wait for what they need for some seconds themselves. */
const ORDER_LIMIT_MS = 60_000;

export interface SwitchOverContext {
  readonly lab: Pick<LabInfo, 'name' | 'cluster' | 'sources'>;
  readonly observer: Pick<Observer, 'state' | 'onState'>;
  readonly transport: (node: string) => Promise<NodeTransport>;
}

export interface SwitchOverOrder {
  readonly service: SwitchoverId;
  /** Who is to take over; the likeliest one when absent. */
  readonly to?: string;
  /** Who must not, where that can be chosen. */
  readonly notTo?: readonly string[];
}

/**
 * Hands a role over in good order, and waits until somebody else holds it: the one way in which that is done, whoever asks.
 * @throws LabError `no-node` when nobody holds it, nobody can take it, or the one that was named cannot; `docker-failed`
 * when the program refuses; `not-healthy` when nobody else holds it after 30 s, or the program has no answer after 60 s;
 * `cancelled` when the signal says so, be it that the hand-over goes on by itself
 */
export async function switchOver(
  { lab, observer, transport: reach }: SwitchOverContext,
  order: SwitchOverOrder,
  signal?: AbortSignal,
): Promise<void> {
  const role = switchoverOf(order.service);
  if (!role) throw new RangeError(`no such role: ${order.service}`);
  const { from, to } = parties(role, observer.state, order);
  const { declared, ports } = labTarget(lab, { transport: reach, containers: undefined });
  const place = { readSecret: profileOf(lab.cluster).readSecret, declared, ports: ports[from] };
  const transport = await reach(from);
  const { exitCode, stdout, stderr } = await ordered(
    role,
    transport,
    await role.command(place, from, to),
    signal,
  );
  if (exitCode !== 0) throw refused(role, from, (stderr || stdout).trim() || say('exit code {0}', exitCode));
  await moved(role, from, observer, signal);
}

/** What the program answers: it may hang, and the user may have enough of it. */
async function ordered(
  role: ServiceSwitchover,
  transport: NodeTransport,
  command: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ExecResult> {
  const limit = AbortSignal.timeout(ORDER_LIMIT_MS);
  try {
    return await transport.exec(command, { signal: signal ? AbortSignal.any([signal, limit]) : limit });
  } catch (error) {
    if (signal?.aborted) throw cancelled(role, transport.node);
    if (limit.aborted) throw silent(role, transport.node);
    throw error;
  }
}

/** Who can take a role over, likeliest first. @param notTo who must not; of no account where the heir is not chosen */
export function candidatesFor(
  role: ServiceSwitchover,
  state: ClusterState,
  notTo: readonly string[],
): readonly string[] {
  const able = role.candidates(state);
  return role.choosable ? able.filter((node) => !notTo.includes(node)) : able;
}

/** Who hands over to whom. @throws LabError `no-node` */
function parties(
  role: ServiceSwitchover,
  state: ClusterState,
  { to: wanted, notTo = [] }: SwitchOverOrder,
): { readonly from: string; readonly to: string } {
  const from = role.holder(state);
  const candidates = candidatesFor(role, state, notTo);
  const to = wanted ?? candidates[0];
  if (from === undefined)
    throw noNode(say('Nobody is {0} at the moment.', declaredAs(role.title)), say('Wait until somebody is.'));
  if (to === undefined)
    throw noNode(say('No node can take over as {0}.', declaredAs(role.title)), say('Wait until one can.'));
  if (!candidates.includes(to)) {
    throw noNode(
      say('{0} cannot take over as {1}.', to, declaredAs(role.title)),
      say('Choose one of: {0}.', candidates.join(', ')),
    );
  }
  if (wanted !== undefined && !role.choosable) {
    throw noNode(say('Nobody can choose the next {0}.', declaredAs(role.title)), say('Leave the node out.'));
  }
  return { from, to };
}

/** Resolves when somebody else holds the role: some programs end well although they were refused. */
function moved(
  role: ServiceSwitchover,
  from: string,
  observer: Pick<Observer, 'onState'>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal?.aborted) return Promise.reject(cancelled(role, from));
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => end(() => reject(stayed(role, from))), MOVED_LIMIT_MS);
    const end = (settle: () => void): void => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', cancel);
      // The first state comes from inside onState, before there is something to dispose.
      queueMicrotask(() => listening.dispose());
      settle();
    };
    const cancel = (): void => end(() => reject(cancelled(role, from)));
    signal?.addEventListener('abort', cancel, { once: true });
    const listening = observer.onState((state) => {
      const holder = role.holder(state);
      if (holder !== undefined && holder !== from) end(resolve);
    });
  });
}

function noNode(message: Message, remedy: Message): LabError {
  return new LabError('no-node', message, remedy);
}

function refused(role: ServiceSwitchover, from: string, told: Message | string): LabError {
  return new LabError(
    'docker-failed',
    say('{0} did not hand over as {1}: {2}', from, declaredAs(role.title), told),
    say('Look at the log of {0} on {1}.', role.service, from),
  );
}

function cancelled(role: ServiceSwitchover, from: string): LabError {
  return new LabError(
    'cancelled',
    say(
      'Cancelled while {0} was told to hand over as {1}: another node may lead soon.',
      from,
      declaredAs(role.title),
    ),
    say('Look who leads before you go on.'),
  );
}

function silent(role: ServiceSwitchover, from: string): LabError {
  return new LabError(
    'not-healthy',
    say(
      '{0} did not say within {1} s that it hands over as {2}.',
      from,
      ORDER_LIMIT_MS / 1000,
      declaredAs(role.title),
    ),
    say('Look at the log of {0} on {1}.', role.service, from),
  );
}

function stayed(role: ServiceSwitchover, from: string): LabError {
  return new LabError(
    'not-healthy',
    say(
      '{0} is still {1} {2} s after the order to hand over.',
      from,
      declaredAs(role.title),
      MOVED_LIMIT_MS / 1000,
    ),
    say('Look at the log of {0} on {1}.', role.service, from),
  );
}
