import { compileSignature, type Part } from '../check/signature';

/** What is known of a keyword beyond its name. */
export interface Keyword {
  /** The notation of `signature.ts`, for signature help. */
  readonly text: string;
  readonly parts: readonly Part[];
  /** The side of a proxy it belongs to; on the other HAProxy ignores it with a warning. */
  readonly side: 'front' | 'back' | undefined;
  /** What HAProxy does with it on the other side. */
  readonly elsewhere: 'ignored' | 'refused';
  /** How `defaults` takes it: always, only with a name, never. */
  readonly inDefaults: 'yes' | 'named' | 'no';
}

export type KeywordMap = ReadonlyMap<string, Keyword>;

/**
 * Reads a block of lines `[F|B][X][d|n] keyword  signature`: F and B are the side, X says that HAProxy refuses it on the
 * other one instead of ignoring it, d means never in `defaults`, n only
 * in a named one, `-` nothing of it. A keyword of two words is the first word with that argument; a tilde stands
 * for the space between them.
 */
export function readKeywords(block: string): Map<string, Keyword> {
  const map = new Map<string, Keyword>();
  for (const line of block.split('\n')) {
    const match = /^\s*([FBXdn-]+)\s+(\S+)\s*(.*)$/.exec(line);
    if (match === null) continue;
    const [, flags = '', name = '', text = ''] = match;
    map.set(name.replaceAll('~', ' '), new ReadKeyword(flags, text));
  }
  return map;
}

/** What its line says of a keyword; the notation of its arguments is compiled when one is met. */
class ReadKeyword implements Keyword {
  readonly side: Keyword['side'];
  readonly elsewhere: Keyword['elsewhere'];
  readonly inDefaults: Keyword['inDefaults'];
  private compiled: readonly Part[] | undefined;

  constructor(
    flags: string,
    readonly text: string,
  ) {
    this.side = flags.includes('F') ? 'front' : flags.includes('B') ? 'back' : undefined;
    this.elsewhere = flags.includes('X') ? 'refused' : 'ignored';
    this.inDefaults = flags.includes('d') ? 'no' : flags.includes('n') ? 'named' : 'yes';
  }

  get parts(): readonly Part[] {
    return (this.compiled ??= compileSignature(this.text));
  }
}
