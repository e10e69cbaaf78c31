import type { Cluster, ClusterNode } from '../../cluster/cluster';

/** What a service may look at when it writes its part of a new workspace. Addresses are the workspace's own. */
export interface StarterContext {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  /** The nodes that run the service, in the cluster's order. */
  readonly running: readonly ClusterNode[];
}

/** The role that switches a service on, and what else the reader should know of it. */
export interface StarterRole {
  readonly name: string;
  readonly note?: string;
}

/** How HAProxy of a new workspace leads clients to a service. */
export interface StarterProxy {
  /** Name of its backend. */
  readonly backend: string;
  /** What stands behind it, as the status page says it. */
  readonly title: string;
  /** Port of the virtual address, and what answers there. */
  readonly port: number;
  readonly about: string;
  /** The sections, without a blank line around them. */
  readonly text: (context: StarterContext) => string;
}

/** What a service writes into a new workspace. Pure; comments are for people who read such a file the first time. */
export interface Starter {
  /** Its part of a node's gitlab.rb, without a blank line around it. */
  readonly gitlabRb?: (context: StarterContext) => string;
  /** Left out: the first of the service's roles. */
  readonly role?: (context: StarterContext) => StarterRole;
  readonly proxy?: StarterProxy;
  /** A configuration file of its own. */
  readonly file?: {
    /** Relative to the workspace; equal for all nodes where they share it. */
    readonly path: (context: StarterContext) => string;
    /** @param proxies of all services that run somewhere, with the sections they write */
    readonly text: (context: StarterContext, proxies: readonly WrittenProxy[]) => string;
  };
}

/** A proxy with its sections written out. */
export interface WrittenProxy extends Omit<StarterProxy, 'text'> {
  readonly sections: string;
}

const NUMERALS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** A small number as a word, e.g. `three`; digits from eleven on. */
export function numeral(number: number): string {
  return NUMERALS[number] ?? String(number);
}

/** The same at the start of a sentence. */
export function Numeral(number: number): string {
  const word = numeral(number);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A heading of a new file, drawn out to the width of the others. */
export function heading(title: string, width: number, indent = ''): string {
  const start = `${indent}# --- ${title} `;
  return start + '-'.repeat(Math.max(3, width - start.length));
}

/** Addresses as a Ruby list of words. */
export function rubyWords(words: readonly string[]): string {
  return `%w[${words.join(' ')}]`;
}

/** How many of so many must agree. */
export function majorityOf(number: number): number {
  return Math.floor(number / 2) + 1;
}

/** `server` lines of a HAProxy backend. */
export function serverLines(nodes: readonly ClusterNode[], port: number): string {
  return nodes.map(({ name, address }) => `    server ${name} ${address}:${port} check`).join('\n');
}
