import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import * as ruby from '@ruby/prism/src/nodes.js';

/** What a node is good for where it stands. */
export type Part =
  /** A statement of its own. */
  | 'statement'
  /** What stands before `[...]`. */
  | 'base'
  /** What stands between `[` and `]`. */
  | 'key'
  /** What stands before an operator or a dot. */
  | 'receiver'
  /** The condition of if, unless, while. */
  | 'condition'
  /** Anything that yields a value. */
  | 'value';

/** A node with what can be said about its place. */
export interface Seen<T extends ruby.Node> {
  readonly node: T;
  readonly part: Part;
  /** True when it may not run: under a condition, in a block, in a method, where an error would be rescued. */
  readonly doubtful: boolean;
  /** The node around it. */
  readonly parent: ruby.Node | undefined;
}

/** The nodes rules for gitlab.rb ask for, each list in the order of the file. */
export interface RubyScan {
  readonly calls: readonly Seen<ruby.CallNode>[];
  readonly arrays: readonly Seen<ruby.ArrayNode>[];
  readonly integers: readonly Seen<ruby.IntegerNode>[];
  /** Texts without interpolation. */
  readonly strings: readonly Seen<ruby.StringNode>[];
  readonly interpolated: readonly Seen<ruby.InterpolatedStringNode>[];
  /** `||=` on a setting. */
  readonly orWrites: readonly Seen<ruby.IndexOrWriteNode>[];
  /** `+=` and the like on a setting. */
  readonly operatorWrites: readonly Seen<ruby.IndexOperatorWriteNode>[];
  /** Local variables written: `name = value`. */
  readonly locals: readonly Seen<ruby.LocalVariableWriteNode>[];
  readonly hashes: readonly Seen<ruby.HashNode>[];
  /** `expression => pattern` */
  readonly matches: readonly Seen<ruby.MatchRequiredNode>[];
  readonly symbols: readonly Seen<ruby.SymbolNode>[];
  readonly constants: readonly Seen<ruby.ConstantReadNode>[];
  /** Commands in backticks. */
  readonly commands: readonly ruby.Location[];
  /** Names of methods and constants the file defines. */
  readonly methods: ReadonlySet<string>;
}

interface Step {
  readonly node: ruby.Node;
  readonly part: Part;
  readonly doubtful: boolean;
  readonly parent: ruby.Node | undefined;
}

type GrowingScan = {
  [Name in keyof RubyScan]: RubyScan[Name] extends readonly (infer Item)[] ? Item[] : Set<string>;
};

/** The lists of nodes. */
type ListName = Exclude<keyof RubyScan, 'commands' | 'methods'>;

/** Walks the whole tree once, without recursion: broken files nest deeply. */
export function scanRuby(parsed: ParseResult | undefined): RubyScan {
  const scan: GrowingScan = {
    calls: [],
    arrays: [],
    integers: [],
    strings: [],
    interpolated: [],
    orWrites: [],
    operatorWrites: [],
    locals: [],
    hashes: [],
    matches: [],
    symbols: [],
    constants: [],
    commands: [],
    methods: new Set(),
  };
  if (parsed === undefined) return scan;
  const open: Step[] = [{ node: parsed.value, part: 'statement', doubtful: false, parent: undefined }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    note(scan, step);
    if (LEAVES.has(step.node.constructor)) continue;
    const children = step.node.childNodes();
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at];
      if (child) open.push(below(step, child));
    }
  }
  return scan;
}

/** The list each kind of node belongs into. */
const LISTS: ReadonlyMap<unknown, ListName> = new Map<unknown, ListName>([
  [ruby.CallNode, 'calls'],
  [ruby.StringNode, 'strings'],
  [ruby.SymbolNode, 'symbols'],
  [ruby.ArrayNode, 'arrays'],
  [ruby.HashNode, 'hashes'],
  [ruby.IntegerNode, 'integers'],
  [ruby.InterpolatedStringNode, 'interpolated'],
  [ruby.IndexOrWriteNode, 'orWrites'],
  [ruby.IndexOperatorWriteNode, 'operatorWrites'],
  [ruby.LocalVariableWriteNode, 'locals'],
  [ruby.MatchRequiredNode, 'matches'],
  [ruby.ConstantReadNode, 'constants'],
]);

/** What has nothing below it: nearly half of all nodes. */
const LEAVES: ReadonlySet<unknown> = new Set([
  ruby.StringNode,
  ruby.SymbolNode,
  ruby.IntegerNode,
  ruby.TrueNode,
  ruby.FalseNode,
]);

function note(scan: GrowingScan, step: Step): void {
  const { node } = step;
  const list = LISTS.get(node.constructor);
  if (list !== undefined) (scan[list] as Step[]).push(step);
  else if (node instanceof ruby.XStringNode) scan.commands.push(node.location);
  else if (node instanceof ruby.DefNode || node instanceof ruby.ConstantWriteNode)
    scan.methods.add(node.name);
}

function below({ node, part, doubtful }: Step, child: ruby.Node): Step {
  if (node instanceof ruby.ArgumentsNode) {
    // The arguments of `[...]` are keys; what is assigned to them is a value.
    const last = part === 'base' && node.arguments_.length > 1 && child === node.arguments_.at(-1);
    return {
      node: child,
      part: part === 'key' || (part === 'base' && !last) ? 'key' : 'value',
      doubtful,
      parent: node,
    };
  }
  return {
    node: child,
    part: partOf(node, part, child),
    doubtful: doubtful || doubts(node, child),
    parent: node,
  };
}

function partOf(node: ruby.Node, part: Part, child: ruby.Node): Part {
  if (node instanceof ruby.StatementsNode) return 'statement';
  if (isIndexed(node)) {
    if (child === node.receiver) return 'base';
    // For ArgumentsNode: 'base' tells that its last one is what is assigned.
    if (child instanceof ruby.ArgumentsNode)
      return node instanceof ruby.CallNode && node.name === '[]=' ? 'base' : 'key';
    return 'value';
  }
  if (node instanceof ruby.CallNode && child === node.receiver) return 'receiver';
  if (node instanceof ruby.IfNode || node instanceof ruby.UnlessNode || node instanceof ruby.WhileNode) {
    return child === node.predicate ? 'condition' : part;
  }
  if (node instanceof ruby.ParenthesesNode || node instanceof ruby.ProgramNode) return part;
  return 'value';
}

type Indexed =
  | ruby.CallNode
  | ruby.IndexTargetNode
  | ruby.IndexOrWriteNode
  | ruby.IndexAndWriteNode
  | ruby.IndexOperatorWriteNode;

/** What indexes something, besides calls. */
const INDEXES: ReadonlySet<unknown> = new Set([
  ruby.IndexTargetNode,
  ruby.IndexOrWriteNode,
  ruby.IndexAndWriteNode,
  ruby.IndexOperatorWriteNode,
]);

function isIndexed(node: ruby.Node): node is Indexed {
  if (node instanceof ruby.CallNode)
    return (node.name === '[]' || node.name === '[]=') && node.receiver !== null;
  return INDEXES.has(node.constructor);
}

/** Whatever stands below these runs only under circumstances. */
const SOMETIMES: ReadonlySet<unknown> = new Set([
  ruby.UntilNode,
  ruby.ForNode,
  ruby.CaseNode,
  ruby.CaseMatchNode,
  ruby.BlockNode,
  ruby.LambdaNode,
  ruby.DefNode,
  ruby.ClassNode,
  ruby.ModuleNode,
  ruby.RescueModifierNode,
  ruby.DefinedNode,
  ruby.IndexOrWriteNode,
  ruby.IndexAndWriteNode,
]);

/** True when the child runs only under circumstances. */
function doubts(node: ruby.Node, child: ruby.Node): boolean {
  // Nearly all nodes are calls.
  if (node instanceof ruby.CallNode) return false;
  if (node instanceof ruby.IfNode || node instanceof ruby.UnlessNode || node instanceof ruby.WhileNode) {
    return child !== node.predicate;
  }
  if (node instanceof ruby.AndNode || node instanceof ruby.OrNode) return child === node.right;
  if (node instanceof ruby.BeginNode) return node.rescueClause !== null;
  return SOMETIMES.has(node.constructor);
}
