import { describe, expect, it } from 'vitest';
import { parseSentinelMaster } from '../../../../src/services/sentinel/master';

describe('Sentinel', () => {
  it('what a Sentinel believes', () => {
    const fields = {
      name: 'gitlab-redis',
      ip: '172.30.0.12',
      flags: 's_down,master',
      'config-epoch': '3',
      'num-slaves': '2',
      'num-other-sentinels': '2',
      quorum: '2',
    };
    expect(parseSentinelMaster(fields)).toEqual({
      masterAddress: '172.30.0.12',
      epoch: 3,
      flags: ['s_down', 'master'],
      otherSentinels: 2,
      replicas: 2,
      quorum: 2,
    });
    expect(parseSentinelMaster({})).toBeUndefined();
  });
});
