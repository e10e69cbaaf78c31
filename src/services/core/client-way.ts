import type { LayerId } from '../../cluster/layer';
import type { Secret } from './secrets';
import type { SettingsSection } from './settings';

/** The settings of one node, a section at a time. */
export type SettingsOf = <T extends object>(section: SettingsSection<string, T>) => T;

/**
 * A way a client writes through the virtual address: declared by the service that takes the client in.
 * @typeParam State the part of the cluster's public state that says who leads
 */
export interface ClientWay<State = unknown> {
  /** Its name on the command line, and in what the gateway's `probe` reads and says. */
  readonly id: string;
  /** What is written to, for people. */
  readonly title: string;
  /** The command of `probe` that writes on this way again and again. */
  readonly command: string;
  /** A cluster without this layer has no such way. */
  readonly layer: LayerId;
  /** The port of a node that a proxy leads such clients to. */
  port(settings: SettingsOf): number;
  /** Who the client says it is, by the names `probe` has for it. */
  login(settings: SettingsOf, secret: (token: Secret) => string): Readonly<Record<string, string>>;
  /** Where what was acknowledged is kept: a service and the name of its port. */
  readonly keptAt: { readonly service: string; readonly port: string };
  /** The node whose copy counts; undefined while nobody leads. */
  leader(state: State): string | undefined;
}
