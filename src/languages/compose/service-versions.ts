import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { imageVersion } from './image-version';
import type { Variables } from './interpolation';

/**
 * For each text of a compose file the version of the image that it is for: that of every service that holds it, by
 * itself, by way of an anchor, or from the service it extends. Undefined when they differ or when one is not known.
 */
export function versionsByScalar(
  document: Document,
  variables: Variables,
): (scalar: Scalar) => string | undefined {
  const versions = new Map<Scalar, Set<string | undefined>>();
  const services = servicesOf(document);
  for (const service of services.values()) {
    const image = fieldOf(document, services, service, 'image');
    if (!isScalar(image)) continue;
    const version = typeof image.value === 'string' ? imageVersion(image.value, variables) : undefined;
    for (const scalar of scalarsOf(document, services, service)) {
      const known = versions.get(scalar) ?? new Set();
      versions.set(scalar, known.add(version));
    }
  }
  return (scalar) => {
    const known = versions.get(scalar);
    return known?.size === 1 ? [...known][0] : undefined;
  };
}

type Services = ReadonlyMap<string, YAMLMap>;

function servicesOf(document: Document): Services {
  const found = new Map<string, YAMLMap>();
  const top = document.contents;
  if (!isMap(top)) return found;
  // The first form of compose files has the services at its top.
  const services = resolved(document, top.get('services', true)) ?? top;
  if (!isMap(services)) return found;
  for (const { key, value } of services.items) {
    const service = resolved(document, value);
    if (isScalar(key) && isMap(service)) found.set(String(key.value), service);
  }
  return found;
}

function resolved(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isMap(node) || isScalar(node) || isCollection(node) ? node : undefined;
}

/** A field of a service, its own, merged into it (`<<`), or of the service it extends. */
function fieldOf(
  document: Document,
  services: Services,
  service: YAMLMap,
  name: string,
  seen: Set<Node> = new Set(),
): Node | undefined {
  if (seen.has(service)) return undefined;
  seen.add(service);
  const own = resolved(document, service.get(name, true));
  if (own !== undefined) return own;
  for (const above of abovesOf(document, services, service)) {
    const found = fieldOf(document, services, above, name, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a service is made of besides its own lines, of the same file. */
function abovesOf(document: Document, services: Services, service: YAMLMap): YAMLMap[] {
  const merged = resolved(document, service.get('<<', true));
  const all = isCollection(merged) && !isMap(merged) ? merged.items : [merged];
  const extended = resolved(document, service.get('extends', true));
  const named = isMap(extended) && !extended.has('file') ? extended.get('service') : undefined;
  const name = isScalar(extended) ? extended.value : named;
  const base = typeof name === 'string' ? services.get(name) : undefined;
  const nodes = all.map((one) => resolved(document, one)).filter((one) => isMap(one));
  return base === undefined ? nodes : [...nodes, base];
}

/** Every text a service holds, aliases followed. */
function scalarsOf(document: Document, services: Services, service: YAMLMap): Set<Scalar> {
  const found = new Set<Scalar>();
  const seen = new Set<unknown>();
  const queue: unknown[] = [service, ...abovesOf(document, services, service)];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (isScalar(node)) found.add(node);
    else if (isPair(node)) queue.push(node.value ?? undefined);
    else if (isAlias(node)) queue.push(node.resolve(document));
    else if (isMap(node)) queue.push(...node.items, ...abovesOf(document, services, node));
    else if (isCollection(node)) queue.push(...node.items);
  }
  return found;
}
