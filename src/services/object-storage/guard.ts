/** What must not come through to Swift's S3 interface, and what it must be told besides: pure text of haproxy.cfg. */

/**
 * Parts of a bucket or object that the interface does not know. It leaves them out, and takes `DELETE /bucket?lifecycle`
 * for `DELETE /bucket`: an empty bucket would be gone.
 */
const UNKNOWN_PARTS = [
  'lifecycle',
  'encryption',
  'publicAccessBlock',
  'ownershipControls',
  'replication',
  'accelerate',
  'intelligent-tiering',
  'inventory',
  'analytics',
  'metrics',
  'metadataTable',
  'session',
  'attributes',
  'policyStatus',
  'legal-hold',
  'retention',
  'torrent',
  'restore',
  'select',
];

const NOT_IMPLEMENTED =
  '<?xml version=\\"1.0\\" encoding=\\"UTF-8\\"?><Error><Code>NotImplemented</Code><Message>The requested resource is not implemented</Message></Error>';

/** A bucket that keeps its objects for a time. */
export interface KeptBucket {
  readonly name: string;
  readonly keepSeconds: number;
}

/** Lines of a frontend. */
export function guardLines(kept: readonly KeptBucket[]): readonly string[] {
  return [
    `acl unknown_part query -m reg (^|&)(${UNKNOWN_PARTS.join('|')})(=|&|$)`,
    `http-request return status 501 content-type application/xml string "${NOT_IMPLEMENTED}" if unknown_part`,
    // A new object of such a bucket goes by itself, as it would by a lifecycle rule, which the interface has not.
    ...kept.map(
      ({ name, keepSeconds }) =>
        `http-request set-header X-Delete-After ${keepSeconds} if { method PUT POST } { path_beg /${name}/ }`,
    ),
  ];
}
