import type { BetweenNodes, Contradiction } from '../core/between-nodes';
import { votersOf } from '../core/placement';
import { SENTINEL_SETTINGS } from './settings';

export const sentinelBetween: BetweenNodes<'LAB027'> = {
  contradictions(cluster, nodes) {
    const placed = new Set(votersOf({ cluster }, 'cache').map(({ name }) => name));
    const sentinels = nodes.filter(({ name }) => placed.has(name));
    return sentinels.flatMap((node): readonly Contradiction<'LAB027'>[] => {
      const { quorum } = node.settings(SENTINEL_SETTINGS);
      if (quorum <= sentinels.length) return [];
      const message = `sentinel['quorum'] is ${quorum}, but there are ${sentinels.length} Sentinels: they never fail over.`;
      const remedy = `Write ${Math.floor(sentinels.length / 2) + 1}, the majority.`;
      const range = node.written(['sentinel', 'quorum'])?.range;
      return [{ code: 'LAB027', severity: 'error', node, range, message, remedy }];
    });
  },
};
