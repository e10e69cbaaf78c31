import { DEFAULT_HAPROXY_VERSION } from '../../../languages/haproxy/schema/version';
import { parseHaproxy } from '../../../languages/haproxy/syntax/document';
import type { Section } from '../../../languages/haproxy/syntax/statement';
import { SERVICES } from '../../../services/registry';
import type { RunningNodes } from '../effects/cluster-effects';
import { textsOf } from '../effects/in-force';
import type { FileTexts } from '../effects/in-force';
import type { Plan } from '../plan';

/**
 * The servers of haproxy.cfg that HAProxy may not lose while a change goes over the lab, as `backend/server`: those behind
 * which a service runs, of backends that the change leaves as they are. Where their lines change, the check may: a server
 * that only the leader's node has up from now on is not lost. Pure; never throws.
 */
export function serversToKeep(
  { containers, serversInUse }: Pick<Plan, 'containers' | 'serversInUse'>,
  { inForce }: Pick<RunningNodes, 'inForce'>,
): readonly string[] {
  const changes = containers.flatMap(({ name, files }) => {
    const after = proxyFileIn(textsOf(files));
    if (after === undefined) return [];
    const before = (inForce.get(name)?.versions ?? []).flatMap((texts) => proxyFileIn(texts) ?? []);
    return before.map((text) => changedBackends(text, after));
  });
  return serversInUse.filter((server) => {
    const backend = server.slice(0, server.lastIndexOf('/'));
    return !changes.some((isChanged) => isChanged(backend));
  });
}

/** The names of files that name backends. */
const PROXY_FILES = SERVICES.flatMap(({ idleBackends, ownFile }) => (idleBackends ? (ownFile ?? []) : []));

function proxyFileIn(texts: FileTexts): string | undefined {
  const path = Object.keys(texts).find((one) => PROXY_FILES.some((name) => one.endsWith(`/${name}`)));
  return path === undefined ? undefined : texts[path];
}

function changedBackends(before: string, after: string): (backend: string) => boolean {
  if (before === after) return () => false;
  const [old, now] = [linesByBackend(before), linesByBackend(after)];
  return (backend) => old.shared !== now.shared || old.own.get(backend) !== now.own.get(backend);
}

/** What is written of each backend, and what all of them may inherit; comments and blanks do not count. */
function linesByBackend(text: string): {
  readonly shared: string;
  readonly own: ReadonlyMap<string, string>;
} {
  const { sections } = parseHaproxy(text, DEFAULT_HAPROXY_VERSION);
  const shared = sections.filter(({ kind }) => kind === 'defaults').map(wordsOf);
  const own = new Map<string, string>();
  for (const section of sections) {
    if ((section.kind !== 'backend' && section.kind !== 'listen') || !section.name) continue;
    const { value } = section.name;
    own.set(value, `${own.get(value) ?? ''}${wordsOf(section)}`);
  }
  return { shared: shared.join(''), own };
}

function wordsOf({ header, statements }: Section): string {
  return [header, ...statements]
    .map(({ modifier, keyword, args }) =>
      JSON.stringify([modifier, keyword, ...args].map((word) => word?.value)),
    )
    .join('\n');
}
