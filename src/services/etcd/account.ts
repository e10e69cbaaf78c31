import { account } from '../core/file';

/** As Debian's package calls it. */
export const ETCD_USER = account(985);
