import type { NodeView, View } from '../core/live/view';
import { REDIS_INFO } from './facts';
import type { RedisInfo } from './facts';
import { redisMaster } from './view';
import { facts } from '../core/live/health';
import type { Verdict } from '../core/live/health';

/** A Redis is well as the master Sentinel names, or as a replica whose link to that master is up. */
export function redisVerdict(view: View, node: NodeView): Verdict {
  const asked = node.fact(REDIS_INFO);
  if (!asked) return { health: 'unknown', detail: 'Redis has not been reached' };
  const info = asked.value;
  if (!info) return { health: 'failed', detail: 'Redis does not answer' };
  const role = info.role === 'master' ? 'master' : 'replica';
  return { role, ...judge(view, node, info), facts: redisFacts(view, info) };
}

function judge(view: View, node: NodeView, info: RedisInfo): Verdict {
  const master = redisMaster(view);
  if (!master.known) return { health: 'unknown', detail: 'runs; who is master is not known' };
  if (info.role === 'master') {
    if (master.holder === node.name) return { health: 'ok', detail: 'master' };
    return {
      health: 'degraded',
      detail:
        master.holder === undefined
          ? 'says it is master; Sentinel does not name it'
          : `still says it is master, but Sentinel names ${master.holder}`,
    };
  }
  const follows = view.placement.nodeAt(info.masterAddress) ?? info.masterAddress ?? 'nobody';
  if (master.holder === undefined) return { health: 'degraded', detail: 'replica, but there is no master' };
  if (follows !== master.holder)
    return { health: 'degraded', detail: `follows ${follows}, but ${master.holder} is master` };
  if (info.linkUp !== true)
    return {
      health: 'degraded',
      detail: info.syncInProgress ? `copies its data from ${follows}` : `link to ${follows} is down`,
    };
  return { health: 'ok', detail: `replica of ${follows}` };
}

function redisFacts(view: View, info: RedisInfo): Readonly<Record<string, string>> {
  return facts({
    Version: info.version,
    Replicas: info.role === 'master' ? info.connectedReplicas : undefined,
    Master: info.role === 'slave' ? view.placement.nodeAt(info.masterAddress) : undefined,
  });
}
