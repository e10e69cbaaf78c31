import { compileSignature, type Part } from '../check/signature';

/** What is known of a keyword beyond its name. */
export interface Keyword {
  /** The notation of `signature.ts`, for signature help. */
  readonly text: string;
  readonly parts: readonly Part[];
  /** The side of a proxy it belongs to; on the other HAProxy ignores it with a warning. */
  readonly side: 'front' | 'back' | undefined;
  /** How `defaults` takes it: always, only with a name, never. */
  readonly inDefaults: 'yes' | 'named' | 'no';
}

export type KeywordMap = ReadonlyMap<string, Keyword>;

/**
 * Reads a block of lines `[F|B][d|n] keyword  signature`: F and B are the side, d means never in `defaults`, n only
 * in a named one, `-` nothing of it. A keyword of two words is the first word with that argument; a tilde stands
 * for the space between them.
 */
export function readKeywords(block: string): Map<string, Keyword> {
  const map = new Map<string, Keyword>();
  for (const line of block.split('\n')) {
    const match = /^\s*([FBdn-]+)\s+(\S+)\s*(.*)$/.exec(line);
    if (match === null) continue;
    const [, flags = '', name = '', text = ''] = match;
    map.set(name.replaceAll('~', ' '), {
      text,
      parts: compileSignature(text),
      side: flags.includes('F') ? 'front' : flags.includes('B') ? 'back' : undefined,
      inDefaults: flags.includes('d') ? 'no' : flags.includes('n') ? 'named' : 'yes',
    });
  }
  return map;
}
