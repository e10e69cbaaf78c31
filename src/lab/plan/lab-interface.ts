import { parseKeepalived } from '../../languages/keepalived/syntax/document';
import type { Line, Word } from '../../languages/keepalived/syntax/word';

/** The only network interface of a lab node. */
const LAB_INTERFACE = 'eth0';

/** Keywords whose first argument is an interface. */
const NAMING = new Set(['interface', 'default_interface', 'lvs_sync_daemon']);

/**
 * Names the lab's interface wherever keepalived.conf names one: `interface X`, `dev X`, and inside
 * `track_interface { … }`. Source: keepalived.conf(5).
 */
export function useLabInterface(keepalivedConf: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of interfaceWords(parseKeepalived(keepalivedConf).lines)) {
    pieces.push(keepalivedConf.slice(from, start), LAB_INTERFACE);
    from = end;
  }
  return pieces.join('') + keepalivedConf.slice(from);
}

/** The words that name an interface, in the order of the file. */
function interfaceWords(lines: readonly Line[]): Word[] {
  const found: Word[] = [];
  let block = 'other' as 'other' | 'announced' | 'tracking';
  for (const piece of lines.flatMap((line) => line.pieces)) {
    if (piece.kind !== 'words') {
      block = piece.kind === 'open' && block === 'announced' ? 'tracking' : 'other';
      continue;
    }
    const [first] = piece.words;
    // Inside the block each line starts with an interface; what follows (`weight 10`) stays.
    if (block === 'tracking') found.push(...piece.words.slice(0, 1));
    else {
      block = first?.value === 'track_interface' ? 'announced' : 'other';
      found.push(...namedBy(piece.words));
    }
  }
  return found;
}

function namedBy(words: readonly Word[]): Word[] {
  return words.filter((_, at) => {
    const before = words[at - 1];
    return before !== undefined && (before.value === 'dev' || (at === 1 && NAMING.has(before.value)));
  });
}
