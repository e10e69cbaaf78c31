import type { Scalar } from 'yaml';
import { align } from './align';
import { alignLiteral, blockLines } from './align-block';
import type { EditStyle } from './embedded-text';

/** A text of a YAML file with the places of its characters. */
export interface ScalarText {
  readonly value: string;
  readonly offsets: readonly number[];
  readonly style: EditStyle;
}

const ONE_LINE: EditStyle = { indent: undefined, forbidden: /["'\\\n]|: | #/ };

/**
 * The value of a scalar and where each of its characters, and its end, stands in the source; undefined for what is no
 * text, or does not agree with its source.
 */
export function scalarText(scalar: Scalar, source: string): ScalarText | undefined {
  const { value, range, type } = scalar;
  if (typeof value !== 'string' || !range) return undefined;
  const written = asWritten(value, type, source, range[0], range[1]);
  return written && { value, ...written };
}

function asWritten(
  value: string,
  type: Scalar['type'],
  source: string,
  start: number,
  end: number,
): { readonly offsets: number[]; readonly style: EditStyle } | undefined {
  const aligned = (from: number, to: number, quote: '"' | "'" | undefined) => {
    const offsets = align(value, source, from, to, quote);
    return offsets === undefined ? undefined : { offsets, style: ONE_LINE };
  };
  switch (type) {
    case 'QUOTE_DOUBLE':
      return aligned(start + 1, end, '"');
    case 'QUOTE_SINGLE':
      return aligned(start + 1, end, "'");
    case 'PLAIN':
      return aligned(start, end, undefined);
    case 'BLOCK_FOLDED': {
      const block = blockLines(value, source, start, end);
      return block && aligned(block.start, end, undefined);
    }
    case 'BLOCK_LITERAL': {
      const block = blockLines(value, source, start, end);
      const offsets = block && alignLiteral(value, source, block, end);
      if (block === undefined || offsets === undefined) return undefined;
      return { offsets, style: { indent: ' '.repeat(block.indent), forbidden: /^$^/ } };
    }
    case undefined:
      return undefined;
  }
}
