import type { ServiceContext } from '../core/context';
import { ROOT, privateFile } from '../core/file';
import type { NodeFile } from '../core/file';

const NAME = 'haproxy.cfg';
/** Where it lies on a node. */
export const CONFIG = `/etc/haproxy/${NAME}`;

/**
 * The workspace's haproxy.cfg as it is, and the certificates it names, from the lab's own authority. Passwords reach it
 * through HAProxy's environment, see its run script.
 */
export function renderHaproxy(context: ServiceContext): readonly NodeFile[] {
  const text = withFinalNewline(context.ownFile(NAME));
  return [privateFile(CONFIG, text, ROOT), ...certificateFiles(context)];
}

function certificateFiles({ namedIn, certificate, siteNames }: ServiceContext): readonly NodeFile[] {
  const { certificates, authorities } = namedIn(NAME);
  if (certificates.length + authorities.length === 0) return [];
  const own = certificate('haproxy', siteNames);
  return [
    ...certificates.map((path) => privateFile(path, own.certificate + own.key, ROOT)),
    ...authorities.map((path) => ({ path, content: own.authority, mode: 0o644, ...ROOT })),
  ];
}

/** HAProxy refuses a file whose last line does not end. */
function withFinalNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
