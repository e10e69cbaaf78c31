import type { BetweenNodes, Contradiction, Peer } from '../core/between-nodes';
import { nodesOf } from '../core/placement';
import { toldToClients } from './clients';
import { applicationsOwn } from './own-account';
import { entry, items, quoted, text } from './written';
import type { Text } from './written';

type Code = 'LAB002' | 'LAB037' | 'LAB038';
type Found = readonly Contradiction<Code>[];

/** What Praefect is told of one Gitaly, as its file has it. */
interface Expected {
  readonly storage: Text;
  readonly address: Text;
  readonly token: Text | undefined;
}

/**
 * What stands in the files of two nodes: which storages there are, and with what token Praefect comes to Gitaly; and what
 * the lab's own settings make of one: whose account and database Praefect takes. What else is wrong within one file is told
 * by the rules for gitlab.rb.
 */
export const praefectBetween: BetweenNodes<Code> = {
  contradictions: (cluster, nodes, lab) => {
    const placed = new Set(nodesOf({ cluster }, 'git').map(({ name }) => name));
    const peers = nodes.filter(({ name }) => placed.has(name));
    const pairs = peers.flatMap((gitaly) => firstExpecting(peers, gitaly) ?? []);
    const amiss = pairs.filter((pair) => otherStorage(pair).length > 0).map(({ gitaly }) => gitaly.name);
    return [
      ...pairs.flatMap(otherStorage),
      ...unnamedStorages(peers).filter(({ node }) => !amiss.includes(node.name)),
      ...pairs.flatMap(otherToken),
      ...otherPraefectToken(peers),
      ...toldToClients(peers, nodes),
      ...applicationsOwn(lab, nodes),
    ];
  },
};

/** A Praefect and the Gitaly of another node that it reaches at an address. */
interface Pair {
  readonly praefect: Peer;
  readonly gitaly: Peer;
  readonly expected: readonly Expected[];
}

/** All Praefects say the same of a Gitaly, as a rule: what is wrong is told at the first. */
function firstExpecting(peers: readonly Peer[], gitaly: Peer): Pair | undefined {
  for (const praefect of peers) {
    if (praefect.name === gitaly.name) continue;
    const expected = expectedBy(praefect).filter(({ address }) => leadsTo(address.value, gitaly));
    if (expected.length > 0) return { praefect, gitaly, expected };
  }
  return undefined;
}

function otherStorage({ praefect, gitaly, expected }: Pair): Found {
  const names = storagesWritten(gitaly)?.map(({ value }) => value);
  if (names === undefined) return [];
  return expected
    .filter(({ storage }) => !names.includes(storage.value))
    .map(({ storage, address }) => ({
      code: 'LAB037',
      severity: 'error',
      node: praefect,
      range: storage.range,
      message: `Praefect expects storage "${storage.value}" at ${address.value}; the Gitaly of ${gitaly.name} has ${quoted(names)}.`,
      remedy: "Use the same name in Praefect's virtual_storage and in Gitaly's storage.",
    }));
}

/** A storage that no Praefect names is never written to. */
function unnamedStorages(peers: readonly Peer[]): Found {
  const lists = peers.map(expectedBy).filter((list) => list.length > 0);
  const named = new Set(lists.flat().map(({ storage }) => storage.value));
  if (lists.length === 0) return [];
  return peers.flatMap((node) =>
    (storagesWritten(node) ?? [])
      .filter(({ value }) => !named.has(value))
      .map(({ value, range }) => ({
        code: 'LAB037' as const,
        severity: 'error' as const,
        node,
        range,
        message: `No Praefect names storage "${value}" of the Gitaly of ${node.name}: nothing is ever written to it.`,
        remedy: `Name it in Praefect's virtual_storage, which has ${quoted([...named])}, or call it one of these.`,
      })),
  );
}

function otherToken({ praefect, gitaly, expected }: Pair): Found {
  const wanted = text(gitaly.written(['gitaly', 'configuration', 'auth', 'token']));
  if (wanted === undefined) return [];
  return expected.flatMap(({ storage, token }): Found => {
    if (token === undefined || token.value === wanted.value) return [];
    return [
      {
        code: 'LAB038',
        severity: 'error',
        node: praefect,
        range: token.range,
        message: `Praefect's token for "${storage.value}" is not the one of the Gitaly of ${gitaly.name}: every request is refused.`,
        remedy: `Write the same token here and in gitaly['configuration'][:auth] of ${gitaly.name}.`,
      },
    ];
  });
}

/** Clients come to any Praefect, with one token. */
function otherPraefectToken(peers: readonly Peer[]): Found {
  const tokens = peers.flatMap((node) => {
    const token = text(node.written(['praefect', 'configuration', 'auth', 'token']));
    return token === undefined ? [] : [{ node, token }];
  });
  const [first, ...others] = tokens;
  if (first === undefined) return [];
  return others
    .filter(({ token }) => token.value !== first.token.value)
    .map(({ node, token }) => ({
      code: 'LAB038',
      severity: 'error',
      node,
      range: token.range,
      message: `The token of the Praefect of ${node.name} is not that of ${first.node.name}: GitLab is refused by one of them.`,
      remedy: 'Use the same token for all Praefects.',
    }));
}

/** What a node's file tells its Praefect of the Gitalys; entries that are not known are left out. */
function expectedBy(node: Peer): readonly Expected[] {
  return items(node.written(['praefect', 'configuration', 'virtual_storage']))
    .flatMap((storage) => items(entry(storage, 'node')))
    .flatMap((each) => {
      const storage = text(entry(each, 'storage'));
      const address = text(entry(each, 'address'));
      return storage && address ? [{ storage, address, token: text(entry(each, 'token')) }] : [];
    });
}

/** Names of a Gitaly's storages; undefined where its file names none, or not all are known. */
function storagesWritten(node: Peer): readonly Text[] | undefined {
  const list = items(node.written(['gitaly', 'configuration', 'storage']));
  const names = list.map((storage) => text(entry(storage, 'name')));
  const known = names.flatMap((name) => name ?? []);
  return names.length > 0 && known.length === names.length ? known : undefined;
}

function leadsTo(address: string, { address: own, host }: Peer): boolean {
  const [, name] = /^[a-z]+:\/\/\[?([^\]/]+?)\]?(?::\d+)?$/.exec(address) ?? [];
  return name !== undefined && (name === own || name === host);
}
