import type { View } from '../core/live/view';
import { consulView } from '../consul/view';
import { etcdView } from '../etcd/view';

/** The store in which Patroni keeps who leads, as cluster.yaml chooses it. */
export interface DcsView {
  readonly quorum: 'yes' | 'no' | 'unknown';
  /** The program's name. */
  readonly title: string;
}

/** Whether Patroni's store has a quorum: only then its keys say who leads. */
export function dcsView(view: View): DcsView {
  switch (view.cluster.dcs) {
    case 'consul':
      return { quorum: consulView(view).quorum, title: 'Consul' };
    case 'etcd':
      return { quorum: etcdView(view).quorum, title: 'etcd' };
  }
}
