import { isScalar, parseDocument, visit, type Scalar } from 'yaml';
import { textLines, type TextLines } from '../../finding/text-lines';
import { isTooDeepYaml } from '../../finding/yaml-depth';
import { align } from './align';
import { alignLiteral, blockLines } from './align-block';
import { EmbeddedText, type EditStyle } from './embedded-text';
import { withoutVariables } from './variables';

const NAME = 'GITLAB_OMNIBUS_CONFIG';

/**
 * Every gitlab.rb a compose file holds in GITLAB_OMNIBUS_CONFIG, written as a mapping or as a list of `NAME=value`.
 * Never throws; what cannot be found in the source to the character is left out.
 */
export function omnibusConfigs(source: string): EmbeddedText[] {
  const found: EmbeddedText[] = [];
  const lines = textLines(source);
  const add = (scalar: Scalar, prefix: number): void => {
    const embedded = embeddedText(scalar, prefix, source, lines);
    if (embedded !== undefined) found.push(embedded);
  };
  if (isTooDeepYaml(source)) return found;
  const document = parseDocument(source, { logLevel: 'silent', strict: false });
  // Compose would not read it either, and what the parser made of it is a guess.
  if (document.errors.length > 0) return found;
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === NAME && isScalar(value)) add(value, 0);
    },
    Scalar: (position, node) => {
      const { value } = node;
      const isItem = typeof position === 'number';
      if (isItem && typeof value === 'string' && value.startsWith(`${NAME}=`)) add(node, NAME.length + 1);
    },
  });
  return found;
}

function embeddedText(
  scalar: Scalar,
  prefix: number,
  source: string,
  lines: TextLines,
): EmbeddedText | undefined {
  const { value, range, type } = scalar;
  if (typeof value !== 'string' || !range) return undefined;
  const written = asWritten(value, type, source, range[0], range[1]);
  if (written === undefined) return undefined;
  const { text, offsets } = withoutVariables(value.slice(prefix), written.offsets.slice(prefix));
  return new EmbeddedText(text, offsets, lines, written.style);
}

const ONE_LINE: EditStyle = { indent: undefined, forbidden: /["'\\\n]|: | #/ };

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
