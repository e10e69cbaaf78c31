import type { ServiceContext } from '../core/context';
import { ROOT, privateFile } from '../core/file';
import type { NodeFile } from '../core/file';

/** The workspace's haproxy.cfg as it is. Passwords reach it through HAProxy's environment, see its run script. */
export function renderHaproxy({ ownFile }: ServiceContext): readonly NodeFile[] {
  return [privateFile('/etc/haproxy/haproxy.cfg', withFinalNewline(ownFile('haproxy.cfg')), ROOT)];
}

/** HAProxy refuses a file whose last line does not end. */
function withFinalNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
