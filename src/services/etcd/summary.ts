import { say } from '../../words/message';
import type { ServiceSummary } from '../core/summary';
import { sorted } from '../core/summary';
import type { EtcdState } from './whole';

export const etcdSummary: ServiceSummary<{ readonly etcd?: EtcdState }> = {
  title: 'etcd',
  line: ({ etcd }, versions) =>
    etcd === undefined
      ? undefined
      : say(
          'leader {0}, voters {1}; version {2}',
          etcd.leader ?? say('unknown'),
          sorted(etcd.voters, say('none')),
          versions['etcd'] ?? say('unknown'),
        ),
  leads: { title: (l10n) => l10n.t('etcd leader'), node: ({ etcd }) => etcd?.leader },
};
