import type { DcsId } from '../../cluster/cluster';
import type { LayerId } from '../../cluster/layer';
import type { DeclaredName } from './live/declared';
import type { Secret } from './secrets';

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'tcp+udp' | 'vrrp';
}

/** The page of a service that a browser can show. */
export interface WebPage {
  /** Name of one of the service's ports. */
  readonly port: string;
  /** Where a person wants to land. */
  readonly path: string;
}

/** An image that holds a service's program. */
export interface ProgramImage {
  /** The build argument of the node image that takes it. */
  readonly argument: string;
  readonly reference: string;
}

/** Program name to version, as found in the image. */
export type Versions = Readonly<Record<string, string>>;

/** What a component that runs on a node says of itself; everything that lists services reads it from here. */
export interface ServiceDefinition {
  /** Its runit name, which is Omnibus' name for it. */
  readonly id: string;
  readonly layer: LayerId;
  /** Layers without which it does not work: a lab that runs this one's runs them too. */
  readonly needs?: readonly LayerId[];
  /**
   * Its part of a node is not in every node image, but laid over it where it runs, and with it all services of the same
   * name here: which of them run differs from lab to lab, and an image for each mixture would have to be built.
   */
  readonly added?: string;
  /** A further layer it only makes sense beside: it runs where both are. */
  readonly beside?: LayerId;
  /** The store of the cluster's state it is: it runs only where cluster.yaml chooses it (`dcs`). */
  readonly dcs?: DcsId;
  /** True when it also runs where its layer only votes. */
  readonly votes?: boolean;
  /** True when it runs where its layer has poolers instead, if it has any. */
  readonly pools?: boolean;
  /** A further layer whose nodes run it as well, as clients of those in its own: what runs there needs it at hand. */
  readonly clientsIn?: LayerId;
  /** True when it runs on a machine of its own outside the nodes, which has its name and is made of its own image. */
  readonly outside?: boolean;
  readonly title: string;
  /** For places with little room; the title when absent. */
  readonly shortTitle?: string;
  /** What people call the program alone, where the title says more. */
  readonly program?: string;
  /** True when the lab runs something of ours in place of a program of GitLab's. */
  readonly standIn?: boolean;
  /** True when the core lab of this version runs it; the others exist in the model only. */
  readonly deployed: boolean;
  /** Roots in gitlab.rb that configure it; empty where a file of its own does. */
  readonly gitlabRbRoots: readonly string[];
  /** The configuration file of its own that a workspace has, by name. */
  readonly ownFile?: string;
  /**
   * Roles of gitlab.rb that switch it on, the usual one first; its `enable` key is the first root's. Empty where only
   * that key does, absent where it is on everywhere.
   */
  readonly roles?: readonly string[];
  /** Keys of gitlab.rb, joined by dots, that have no effect because cluster.yaml and the lab's network decide. */
  readonly decided?: readonly string[];
  /** Keys of gitlab_rails that hold one of its passwords; the lab makes up its own. */
  readonly railsSecrets?: readonly string[];
  /** In the order in which they are made up. */
  readonly secrets?: readonly Secret[];
  readonly ports: readonly ServicePort[];
  /** Name of the port people ask, where that is not the first. */
  readonly askedPort?: string;
  readonly web?: WebPage;
  /** A command on its nodes that prints, as JSON, whom people sign in as behind the virtual address (`SignIn`). */
  readonly signIn?: readonly string[];
  /** Programs people call on a node that are of use only where it runs: Omnibus' names, without folders. */
  readonly commands?: readonly string[];
  /** Names of its ports that haproxy.cfg decides: where clients come in. */
  readonly entrances?: readonly string[];
  /** Name of the port at which GitLab's own pages, such as those of its health, are asked on its nodes. */
  readonly gitlabPages?: string;
  /** Name of the port at which GitLab's pages for monitoring are answered to whoever is on its list. */
  readonly monitoringPages?: string;
  /** True when it is the one who answers them: behind the others' ports they are its. */
  readonly answersMonitoring?: true;
  /** Name of the port at which it takes people in over SSH: a proxy may lead there from the virtual address. */
  readonly ssh?: string;
  /** Folders, with a slash at the end, in which a lab makes the certificates that the service's own file names. */
  readonly certificates?: readonly string[];
  /** A socket it is asked at that haproxy.cfg may put elsewhere. */
  readonly socket?: DeclaredName;
  /** Where it is written down which of its backends the lab runs nothing behind; names by blanks. */
  readonly idleBackends?: DeclaredName;
  /** Where a newer program is taken from than Debian has, when a registry answers. */
  readonly programImage?: ProgramImage;
  /** Its program's name among the image's versions, where that is not the id. */
  readonly versionName?: string;
}

/** Declares a service; its literal types are kept, so that the registry can name ids and secrets. */
export function defineService<const D extends ServiceDefinition>(definition: D): D {
  return definition;
}

/** A port for TCP connections. */
export function tcp(name: string, port: number): ServicePort {
  return { name, port, protocol: 'tcp' };
}
