/** Labels are the truth about labs: everything a lab consists of carries them, nothing secret is in them. */
export const LABEL = {
  lab: 'gitlab-ha-lab.lab',
  node: 'gitlab-ha-lab.node',
  role: 'gitlab-ha-lab.role',
  /** Hash of what a container cannot change without being made anew. */
  hash: 'gitlab-ha-lab.hash',
  /** JSON of the Cluster with the lab's addresses. */
  cluster: 'gitlab-ha-lab.cluster',
  /** JSON: address in the workspace to address in the lab. */
  addresses: 'gitlab-ha-lab.addresses',
  /** Milliseconds since the epoch. */
  created: 'gitlab-ha-lab.created',
  /** JSON: names under which live sources are found (Patroni's scope, Sentinel's master name). */
  sources: 'gitlab-ha-lab.sources',
  /** On a lock (an empty volume): name of the lab whose only writer its owner is. */
  lock: 'gitlab-ha-lab.lock',
  /** On locks and temporary containers. JSON: the process that made it. */
  owner: 'gitlab-ha-lab.owner',
  /** On the image, and so on its containers. JSON: program to version. */
  versions: 'gitlab-ha-lab.versions',
} as const;

/** Docker's `filters` for everything of one lab, or of all labs. */
export function labFilter(lab?: string): { label: string[] } {
  return { label: [lab === undefined ? LABEL.lab : `${LABEL.lab}=${lab}`] };
}
