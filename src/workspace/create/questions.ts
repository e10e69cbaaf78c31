import { declaredAs, say, verbatim } from '../../words/message';
import type { Message } from '../../words/message';
import { DCS_IDS } from '../../cluster/cluster';
import { isHostName } from '../../cluster/host-name';
import { parseSubnet } from '../../cluster/ipv4';
import { LAYERS } from '../../cluster/layer';
import type { LayerId } from '../../cluster/layer';
import { meant } from '../../finding/did-you-mean';
import { blocksDeployment } from '../../finding/finding';
import type { WorkspaceAnswers } from './answers';
import { createWorkspace } from './create-workspace';
import { SHAPES, type Layers } from './shapes';
import { suggestAddresses, suggestName, suggestSubnet, suggestVip } from './suggestions';

/** What can be asked for a new workspace. */
export type QuestionId =
  'name' | 'nodes' | 'subnet' | 'addresses' | 'vip' | 'domain' | 'version' | 'layers' | 'dcs';

/** Answers as they are typed; lists with spaces or commas between their items. */
export type TypedAnswers = Readonly<Partial<Record<QuestionId, string>>>;

export interface Question {
  readonly id: QuestionId;
  readonly title: string;
  /** How an answer looks, in a few words. */
  readonly hint: string;
  /** What Enter alone answers. @param folder name of the folder the workspace comes into */
  readonly suggest: (given: TypedAnswers, folder: string) => string;
  /** True for what hardly anybody wants otherwise: it can be said, and is not asked for. */
  readonly unasked?: true;
}

/** In the order they are asked: each answer makes better suggestions for the next. */
export const QUESTIONS: readonly Question[] = [
  {
    id: 'name',
    title: 'Name of the cluster',
    hint: 'small letters, digits and hyphens; also the name of its lab',
    suggest: (_, folder) => suggestName(folder),
  },
  {
    id: 'nodes',
    title: 'Names of the nodes',
    hint: 'three or more host names with spaces between them',
    suggest: () => 'node1 node2 node3',
  },
  {
    id: 'subnet',
    title: 'Network of the nodes',
    hint: 'written as a.b.c.d/prefix; the lab maps it to a network of its own',
    suggest: ({ addresses, vip }) => suggestSubnet(itemsOf(addresses)[0] ?? vip ?? '') ?? '172.30.0.0/24',
  },
  {
    id: 'addresses',
    title: 'Addresses of the nodes',
    hint: 'one for each node, in their order',
    suggest: ({ subnet = '', nodes }) => suggestAddresses(subnet, itemsOf(nodes).length).join(' '),
  },
  {
    id: 'vip',
    title: 'Virtual address (VIP)',
    hint: 'a free address of the network, which moves between the nodes',
    suggest: ({ subnet = '', addresses }) => suggestVip(subnet, itemsOf(addresses)),
  },
  {
    id: 'domain',
    title: 'Domain of GitLab',
    hint: 'a host name such as gitlab.example.com',
    suggest: () => 'gitlab.example.com',
  },
  {
    id: 'version',
    title: 'Version of GitLab',
    hint: 'written as major.minor; gitlab.rb is checked for it',
    suggest: () => '19.3',
  },
  {
    id: 'layers',
    title: 'Which services run where',
    hint: 'same, small, voter, roles, or layers with their nodes: database=node1,node2',
    suggest: () => 'same',
  },
  {
    id: 'dcs',
    title: 'Where the cluster keeps who leads',
    hint: 'a value of dcs in cluster.yaml',
    suggest: () => DCS_IDS[0],
    unasked: true,
  },
];

/** The questions that are asked, one after the other. */
export const ASKED: readonly Question[] = QUESTIONS.filter(({ unasked }) => unasked !== true);

/** All answers: the given ones, and for the rest what Enter alone would answer. */
export function completed(given: TypedAnswers, folder: string): Readonly<Record<QuestionId, string>> {
  const all: Partial<Record<QuestionId, string>> = { ...given };
  for (const { id, suggest } of QUESTIONS) all[id] ??= suggest(all, folder);
  return all as Readonly<Record<QuestionId, string>>;
}

/** The answers as a workspace is made of them, or why they make none. */
export function answersFrom(
  typed: Readonly<Record<QuestionId, string>>,
): WorkspaceAnswers | { readonly problem: Message } {
  const names = itemsOf(typed.nodes);
  const addresses = itemsOf(typed.addresses);
  if (parseSubnet(typed.subnet.trim()) === undefined) {
    return {
      problem: say(
        '"{0}" is no IPv4 network. Write it as a.b.c.d/prefix, for example 172.30.0.0/24.',
        typed.subnet,
      ),
    };
  }
  if (addresses.length !== names.length) {
    return { problem: say('{0} nodes need {0} addresses, not {1}.', names.length, addresses.length) };
  }
  const named = addresses.find(isHostName);
  if (named !== undefined) return { problem: hostNameProblem(named) };
  const unwritable = Object.values(typed).find((text) => /[^\w\s.,;:/=-]/.test(text));
  if (unwritable !== undefined)
    return { problem: say('"{0}" has a character that does not belong there.', unwritable) };
  const layers = layersFrom(typed.layers, names);
  if ('problem' in layers) return layers;
  return {
    name: typed.name.trim(),
    domain: typed.domain.trim(),
    gitlabVersion: typed.version.trim(),
    haproxyVersion: '3.0',
    subnet: typed.subnet.trim(),
    vip: typed.vip.trim(),
    nodes: names.map((name, index) => ({ name, address: addresses[index] ?? '' })),
    layers: layers.placed,
    ...(layers.asked === undefined ? {} : { asked: layers.asked }),
    dcs: typed.dcs.trim(),
  };
}

/** A host name where an address is asked for: not all programs take one in its place. */
export function hostNameProblem(text: string): Message {
  return say(
    '"{0}" is a host name. Give the address; the host name stands beside it in cluster.yaml, as host.',
    text,
  );
}

/**
 * What is wrong with an answer, as a sentence with its remedy; undefined when nothing is. Answers that were not given yet
 * are taken as suggested, so what is wrong can only be this one.
 */
export function problemWith(
  id: QuestionId,
  text: string,
  given: TypedAnswers,
  folder: string,
): Message | undefined {
  if (text.trim() === '') return say('An answer is needed.');
  const answers = answersFrom(completed({ ...given, [id]: text }, folder));
  if ('problem' in answers) return answers.problem;
  const { findings } = createWorkspace(answers);
  if (!blocksDeployment(findings)) return undefined;
  const found = findings.find(({ severity }) => severity === 'error');
  return found && verbatim(`${found.message} ${found.remedy ?? ''}`.trim());
}

function itemsOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,]+/).filter((item) => item !== '');
}

function layersFrom(
  text: string,
  nodes: readonly string[],
): { readonly placed: Layers; readonly asked?: readonly LayerId[] } | { readonly problem: Message } {
  const wanted = text.trim();
  const shape = SHAPES.find(({ id }) => id === wanted);
  if (shape !== undefined) {
    const { place, least, asked } = shape;
    if (nodes.length >= least) return { placed: place(nodes), ...(asked === undefined ? {} : { asked }) };
    return {
      problem: say(
        '"{0}" needs {1} nodes; there are {2}.',
        declaredAs(shape.title),
        shape.least,
        nodes.length,
      ),
    };
  }
  const placed: Record<string, { nodes: readonly string[] }> = {};
  for (const part of wanted.split(/[\s;]+/)) {
    const [layer = '', names] = part.split('=');
    const known = LAYERS.map(({ id }): string => id);
    if (names === undefined || !known.includes(layer)) {
      const words = names === undefined ? SHAPES.map(({ id }) => id) : known;
      const hint = meant(layer, words);
      return {
        problem:
          names === undefined
            ? say('"{0}" is no such choice. {1}', layer, hint)
            : say('"{0}" is no layer. {1}', layer, hint),
      };
    }
    placed[layer] = { nodes: itemsOf(names) };
  }
  return { placed };
}
