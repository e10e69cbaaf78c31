import type { SentinelView } from './facts';

/** Reads the answer to `SENTINEL MASTER name`, already as fields; undefined when it names no address. */
export function parseSentinelMaster(fields: Readonly<Record<string, string>>): SentinelView | undefined {
  const address = fields['ip'];
  if (address === undefined || address === '') return undefined;
  return {
    masterAddress: address,
    epoch: Number(fields['config-epoch'] ?? 0) || 0,
    flags: (fields['flags'] ?? '').split(',').filter((flag) => flag !== ''),
    otherSentinels: Number(fields['num-other-sentinels'] ?? 0) || 0,
    replicas: Number(fields['num-slaves'] ?? 0) || 0,
    quorum: Number(fields['quorum'] ?? 0) || 0,
  };
}
