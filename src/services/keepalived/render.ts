import type { ServiceContext } from '../core/context';
import { ROOT, privateFile } from '../core/file';
import type { NodeFile } from '../core/file';

/** The workspace's keepalived.conf of this node as it is (the plan has put the lab's addresses and interface in). */
export function renderKeepalived({ ownFile }: ServiceContext): readonly NodeFile[] {
  return [privateFile('/etc/keepalived/keepalived.conf', ownFile('keepalived.conf'), ROOT)];
}
