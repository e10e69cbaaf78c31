import { listed } from '../../words/message';
import type { Message } from '../../words/message';
import type { Versions } from './service';

/** Translates a message that stands in the code as one literal: `l10n` of VS Code, or one that changes nothing. */
export interface Words {
  t(message: string): string;
}

/** What a status says of a service as a whole. Pure. @typeParam State its part of the cluster's public state */
export interface ServiceSummary<State = unknown> {
  /** What the line is about, in a word. */
  readonly title: string;
  /**
   * One line; what is not known is said so. Undefined where the cluster has no such service.
   * @param versions of the programs in the image
   */
  line(state: State, versions: Versions): Message | undefined;
  /** Who leads it, where somebody does: what that node is called, and its name while there is one. */
  readonly leads?: {
    title(l10n: Words): string;
    node(state: State): string | undefined;
  };
}

/** Names in a line, sorted. @param none what is said when there is none */
export function sorted(names: readonly string[], none: Message): Message {
  return names.length === 0 ? none : listed([...names].sort());
}
