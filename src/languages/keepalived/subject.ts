import type { JoinedText } from '../core/joined/joined-text';
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
  /** Of several files: which one a line is of. */
  readonly fileOf?: (line: number) => number;
}

/**
 * Reads a configuration. Never throws.
 * @param isPart true when it is a part of one whose other files are not here
 */
export function readKeepalived(text: string, isPart = false): KeepalivedSubject {
  return subjectOf(parseKeepalived(text, [], isPart));
}

/** Reads a configuration with the files it includes, as `readKeepalived` does one. */
export function readKeepalivedFiles(joined: JoinedText): KeepalivedSubject {
  const subject = subjectOf(parseKeepalived(joined.text, joined.spans));
  return { ...subject, fileOf: (line) => joined.fileOf(line) };
}

function subjectOf(document: KeepalivedDocument): KeepalivedSubject {
  return {
    document,
    instances: instancesOf(document),
    names: namesOf(document),
    wordFaults: lazy(() => [...wordFaults(document)]),
  };
}
