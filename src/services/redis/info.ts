import type { RedisInfo } from './facts';

/** Reads the text of `INFO`; undefined when it says nothing about replication. */
export function parseRedisInfo(text: string): RedisInfo | undefined {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) fields.set(line.slice(0, colon), line.slice(colon + 1));
  }
  const role = fields.get('role');
  if (role !== 'master' && role !== 'slave') return undefined;
  const link = fields.get('master_link_status');
  return {
    role,
    masterAddress: role === 'slave' ? fields.get('master_host') : undefined,
    linkUp: link === undefined ? undefined : link === 'up',
    syncInProgress: fields.get('master_sync_in_progress') === '1',
    connectedReplicas: integer(fields.get('connected_slaves')),
    offset: integer(fields.get(role === 'master' ? 'master_repl_offset' : 'slave_repl_offset')),
    version: fields.get('redis_version'),
  };
}

function integer(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?\d+$/.test(text)) return undefined;
  return Number(text);
}
