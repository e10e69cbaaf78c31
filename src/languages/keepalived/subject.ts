import { wordFaults, type WordFault } from './check/word-faults';
import { instancesOf, type Instance } from './model/instances';
import { namesOf, type NameUse } from './model/names';
import { parseKeepalived, type KeepalivedDocument } from './syntax/document';
import { lazy } from '../core/data/lazy';

/** What the rules for Keepalived look at: a read configuration. */
export interface KeepalivedSubject {
  readonly document: KeepalivedDocument;
  readonly instances: readonly Instance[];
  /** Names the file defines and uses, in its order. */
  readonly names: readonly NameUse[];
  /** Words that keepalived does not take where they stand; several rules share them. */
  wordFaults(): readonly WordFault[];
}

/** Reads a configuration. Never throws. */
export function readKeepalived(text: string): KeepalivedSubject {
  const document = parseKeepalived(text);
  return {
    document,
    instances: instancesOf(document),
    names: namesOf(document),
    wordFaults: lazy(() => [...wordFaults(document)]),
  };
}
