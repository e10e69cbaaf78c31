import type { Range } from '../../finding/finding';
import type { Contradiction, Peer } from '../core/between-nodes';
import { portIn } from '../core/notation/plain-table';
import { PRAEFECT_SETTINGS } from './settings';
import { entry, items, quoted, text } from './written';
import type { Text } from './written';

type Found = readonly Contradiction<'LAB037' | 'LAB038'>[];

/** A storage of GitLab's that Praefect is asked for. */
interface Asked {
  readonly node: Peer;
  readonly name: string;
  readonly range: Range;
  readonly token: Text | undefined;
}

/**
 * What GitLab is told of Praefect, against what the Praefects have: the virtual storages, and the token. What all nodes have
 * wrong alike is told at the first.
 * @param praefects nodes that run one. @param nodes all nodes
 */
export function toldToClients(praefects: readonly Peer[], nodes: readonly Peer[]): Found {
  const asked = nodes.flatMap((node) => askedBy(node, portsOf(praefects)));
  return [...strangers(praefects, asked), ...otherTokens(praefects, asked)];
}

function strangers(praefects: readonly Peer[], asked: readonly Asked[]): Found {
  const names = new Set(praefects.flatMap(virtualStorages));
  if (names.size === 0) return [];
  return firsts(
    asked.filter(({ name }) => !names.has(name)),
    ({ name }) => name,
  ).map(({ node, name, range }) => ({
    code: 'LAB037',
    severity: 'error',
    node,
    range,
    message: `GitLab asks Praefect for storage "${name}", and Praefect's virtual storages are ${quoted([...names])}.`,
    remedy: "Use the same name here and in Praefect's virtual_storage.",
  }));
}

function otherTokens(praefects: readonly Peer[], asked: readonly Asked[]): Found {
  const [wanted] = praefects.flatMap(
    (node) => text(node.written(['praefect', 'configuration', 'auth', 'token'])) ?? [],
  );
  if (wanted === undefined) return [];
  const others = asked.flatMap(({ node, name, token }) =>
    token === undefined || token.value === wanted.value ? [] : [{ node, name, token }],
  );
  return firsts(others, ({ name, token }) => `${name} ${token.value}`).map(({ node, name, token }) => ({
    code: 'LAB038',
    severity: 'error',
    node,
    range: token.range,
    message: `GitLab's token for storage "${name}" is not the one that Praefect wants: every request is refused.`,
    remedy: "Write the token of praefect['configuration'][:auth] here.",
  }));
}

/** The storages of a node's GitLab that are at a port of Praefect; others are Gitalys of their own. */
function askedBy(node: Peer, ports: ReadonlySet<number>): readonly Asked[] {
  const storages = node.written(['gitlab_rails', 'repositories_storages']);
  if (storages?.kind !== 'hash') return [];
  const usual = text(node.written(['gitlab_rails', 'gitaly_token']));
  return [...storages.entries].flatMap(([name, { value }]) => {
    const address = text(entry(value, 'gitaly_address'));
    if (address === undefined || !ports.has(portIn(address.value, 0))) return [];
    return [{ node, name, range: value.range, token: text(entry(value, 'gitaly_token')) ?? usual }];
  });
}

function portsOf(praefects: readonly Peer[]): ReadonlySet<number> {
  return new Set(
    praefects.flatMap(
      (node) => PRAEFECT_SETTINGS.ports?.(node.settings(PRAEFECT_SETTINGS))['praefect'] ?? [],
    ),
  );
}

function virtualStorages(node: Peer): readonly string[] {
  return items(node.written(['praefect', 'configuration', 'virtual_storage'])).flatMap(
    (storage) => text(entry(storage, 'name'))?.value ?? [],
  );
}

function firsts<T>(all: readonly T[], key: (one: T) => string): readonly T[] {
  const seen = new Set<string>();
  return all.filter((one) => !seen.has(key(one)) && seen.add(key(one)));
}
