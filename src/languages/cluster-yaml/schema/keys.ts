/** The keys the reader takes are those the editor offers. */
export { CLUSTER_KEYS, keysBelow, type ClusterKey } from '../../../cluster/cluster-keys';
