import type { BetweenNodes } from '../core/between-nodes';
import { nodesOf } from '../core/placement';
import { SIDEKIQ_SETTINGS } from './settings';

type Code = 'LAB039';

const QUEUE_GROUPS = ['sidekiq', 'queue_groups'];
/** Where GitLab puts jobs as long as no routing rule says otherwise, and where mail waits. */
const QUEUES = ['default', 'mailers'];

export const sidekiqBetween: BetweenNodes<Code> = {
  contradictions: (_cluster, nodes, lab) => {
    const placed = new Set(nodesOf({ cluster: lab }, 'application').map(({ name }) => name));
    const workers = nodes.filter((node) => {
      const enabled = node.written(['sidekiq', 'enable']);
      return placed.has(node.name) && !(enabled?.kind === 'boolean' && !enabled.value);
    });
    // Only GitLab knows which queue a rule of its own leads to.
    if (nodes.some((node) => node.written(['sidekiq', 'routing_rules']) !== undefined)) return [];
    const taken = new Set(
      workers
        .flatMap((node) => node.settings(SIDEKIQ_SETTINGS).queueGroups)
        .flatMap((text) => text.split(',')),
    );
    const missing = taken.has('*') ? [] : QUEUES.filter((queue) => !taken.has(queue));
    const node = workers.find((each) => each.written(QUEUE_GROUPS) !== undefined);
    if (missing.length === 0 || node === undefined) return [];
    const what = missing.join(' and ');
    return [
      {
        code: 'LAB039',
        severity: missing.includes('default') ? 'error' : 'warning',
        node,
        range: node.written(QUEUE_GROUPS)?.range,
        message: `No Sidekiq of the nodes takes jobs from ${what}: they wait for ever.`,
        remedy: `Add ${missing.map((queue) => `'${queue}'`).join(' and ')}, or '*', to sidekiq['queue_groups'] of two nodes at least.`,
      },
    ];
  },
};
