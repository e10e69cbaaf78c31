import { InlayHintKind, type InlayHint } from 'vscode-languageserver-types';
import type { Range } from '../../../../finding/finding';
import { timeMs } from '../../check/values/values';
import type { Server } from '../../model/proxies';
import type { HaproxySubject } from '../../subject';

/** HAProxy's own values where a line gives none. */
const DEFAULT_INTER_MS = 2_000;
const DEFAULT_FALL = 3;

/**
 * How long a server may be dead before HAProxy takes it out, at every server line with health checks: what `inter`,
 * `fastinter` and `fall` of the line and its default-server add up to.
 */
export function inlayHints({ document, proxies }: HaproxySubject, range: Range): InlayHint[] {
  return proxies.flatMap((proxy) =>
    proxy.servers.flatMap((server) => {
      const last = server.statement.line.words.at(-1);
      if (last === undefined || server.statement.uncertain) return [];
      const { end } = document.range(last);
      if (end.line < range.start.line || end.line > range.end.line) return [];
      const bound = outageBound(server, proxy.timeout('check'), proxy.timeout('connect'));
      return bound === undefined ? [] : [hint(bound, end)];
    }),
  );
}

interface Bound {
  /** Of a server whose port refuses connections. */
  readonly refused: number;
  /** Of one that does not answer at all. */
  readonly silent: number;
  readonly explanation: string;
}

function hint({ refused, silent, explanation }: Bound, position: InlayHint['position']): InlayHint {
  return {
    position,
    label: `out after ≤ ${seconds(refused)}, silent ≤ ${seconds(silent)}`,
    kind: InlayHintKind.Parameter,
    paddingLeft: true,
    tooltip: explanation,
  };
}

/** From the moment the server dies: up to one interval until a check begins, then `fall` checks that wait in vain. */
function outageBound(
  server: Server,
  check: number | undefined,
  connect: number | undefined,
): Bound | undefined {
  if (!server.has('check') || server.has('track')) return undefined;
  const inter = duration(server, 'inter', DEFAULT_INTER_MS);
  const fast = inter === undefined ? undefined : duration(server, 'fastinter', inter);
  const fall = count(server, 'fall', DEFAULT_FALL);
  if (inter === undefined || fast === undefined || fall === undefined) return undefined;
  // One check lasts as long as its timeouts allow, at most one interval when there is no "timeout check".
  const once = check === undefined ? inter : Math.min(connect ?? inter, inter) + check;
  const refused = inter + (fall - 1) * fast;
  const silent = refused + fall * once;
  const explanation =
    `A server that refuses connections is out after at most ${seconds(refused)} (${seconds(inter)} until the next check, ` +
    `then ${fall - 1} more at intervals of ${seconds(fast)}). One that does not answer at all takes up to ` +
    `${seconds(silent)}, as each check then waits ${seconds(once)}.`;
  return { refused, silent, explanation };
}

function duration(server: Server, name: string, otherwise: number): number | undefined {
  const word = server.value(name);
  if (word === undefined) return otherwise;
  return word.dynamic ? undefined : timeMs(word.value);
}

function count(server: Server, name: string, otherwise: number): number | undefined {
  const word = server.value(name);
  if (word === undefined) return otherwise;
  const value = Number(word.value);
  return word.dynamic || !Number.isInteger(value) || value < 1 ? undefined : value;
}

function seconds(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  return `${Number((milliseconds / 1_000).toFixed(1))} s`;
}
