import { say } from '../../words/message';
import type { NodeView, View } from '../core/live/view';
import { REDIS_INFO } from './facts';
import type { RedisInfo } from './facts';
import { redisMaster } from './view';
import { facts } from '../core/live/health';
import type { Facts, Verdict } from '../core/live/health';

/** A Redis is well as the master Sentinel names, or as a replica whose link to that master is up. */
export function redisVerdict(view: View, node: NodeView): Verdict {
  const asked = node.fact(REDIS_INFO);
  if (!asked) return { health: 'unknown', detail: say('Redis has not been reached') };
  const info = asked.value;
  if (!info) return { health: 'failed', detail: say('Redis does not answer') };
  const role = info.role === 'master' ? 'master' : 'replica';
  return { role, ...judge(view, node, info), facts: redisFacts(view, info) };
}

function judge(view: View, node: NodeView, info: RedisInfo): Verdict {
  const master = redisMaster(view);
  if (!master.known) return { health: 'unknown', detail: say('runs; who is master is not known') };
  if (info.role === 'master') {
    if (master.holder === node.name) return { health: 'ok', detail: say('master') };
    return {
      health: 'degraded',
      detail:
        master.holder === undefined
          ? say('says it is master; Sentinel does not name it')
          : say('still says it is master, but Sentinel names {0}', master.holder),
    };
  }
  const follows = view.placement.nodeAt(info.masterAddress) ?? info.masterAddress ?? 'nobody';
  if (master.holder === undefined)
    return { health: 'degraded', detail: say('replica, but there is no master') };
  if (follows !== master.holder)
    return { health: 'degraded', detail: say('follows {0}, but {1} is master', follows, master.holder) };
  if (info.linkUp !== true)
    return {
      health: 'degraded',
      detail: info.syncInProgress
        ? say('copies its data from {0}', follows)
        : say('link to {0} is down', follows),
    };
  return { health: 'ok', detail: say('replica of {0}', follows) };
}

function redisFacts(view: View, info: RedisInfo): Facts {
  return facts({
    Version: info.version,
    Replicas: info.role === 'master' ? info.connectedReplicas : undefined,
    Master: info.role === 'slave' ? view.placement.nodeAt(info.masterAddress) : undefined,
  });
}
