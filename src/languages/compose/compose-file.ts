import { isScalar, parseDocument, visit, type Document, type Scalar, type YAMLError } from 'yaml';
import { textLines, type TextLines } from '../../finding/text-lines';
import { isTooDeepYaml } from '../../finding/yaml-depth';
import { yamlFaultOffset } from '../../finding/yaml-fault';
import { EmbeddedText } from './embedded-text';
import type { Variables } from './interpolation';
import { scalarText } from './scalar-text';
import { versionsByScalar } from './service-versions';
import { withoutVariables } from './variables';

const NAME = 'GITLAB_OMNIBUS_CONFIG';

/** A gitlab.rb inside a compose file. */
export interface OmnibusConfig {
  /** As Ruby reads it, with variables nobody knows here. */
  readonly embedded: EmbeddedText;
  /** The text before Compose puts the variables in, with the place of each of its characters and of its end. */
  readonly written: { readonly text: string; readonly offsets: readonly number[] };
  /** Version of GitLab, e.g. `17.5`, by the image of the services that use it. */
  readonly gitlabVersion: string | undefined;
}

/** What a compose file says of GitLab. */
export interface ComposeFile {
  readonly text: string;
  readonly lines: TextLines;
  readonly variables: Variables;
  readonly configs: readonly OmnibusConfig[];
  /** The first fault for which Compose refuses the file; undefined for one that is YAML. */
  readonly fault: { readonly error: YAMLError; readonly start: number } | undefined;
}

/**
 * Reads a compose file. Never throws; what cannot be found in the source to the character is left out.
 * @param variables those of the `.env` beside it, for the tags of images
 */
export function readComposeFile(text: string, variables: Variables = {}): ComposeFile {
  const lines = textLines(text);
  const nothing = { text, lines, variables, configs: [], fault: undefined };
  if (isTooDeepYaml(text)) return nothing;
  const document = parseDocument(text, { logLevel: 'silent', strict: false, prettyErrors: false });
  const [error] = document.errors;
  // What the parser made of the rest is a guess.
  if (error !== undefined) return { ...nothing, fault: { error, start: faultStart(text, document, error) } };
  const versions = versionsByScalar(document, variables);
  const configs = configScalars(document).flatMap(([scalar, prefix]): OmnibusConfig[] => {
    const read = scalarText(scalar, text);
    if (read === undefined) return [];
    const written = { text: read.value.slice(prefix), offsets: read.offsets.slice(prefix) };
    const ruby = withoutVariables(written.text, written.offsets);
    const embedded = new EmbeddedText(ruby.text, ruby.offsets, lines, read.style);
    return [{ embedded, written, gitlabVersion: versions(scalar) }];
  });
  return { ...nothing, configs };
}

/** The texts, written as a mapping or as a list of `NAME=value`, and how much of each is its name. */
function configScalars(document: Document): (readonly [scalar: Scalar, prefix: number])[] {
  const found: (readonly [Scalar, number])[] = [];
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === NAME && isScalar(value)) found.push([value, 0]);
    },
    Scalar: (position, node) => {
      const { value } = node;
      const isItem = typeof position === 'number';
      if (isItem && typeof value === 'string' && value.startsWith(`${NAME}=`))
        found.push([node, NAME.length + 1]);
    },
  });
  return found;
}

/** Of a text that is not closed the parser names the end of the file: people look for its beginning. */
function faultStart(text: string, document: Document, error: YAMLError): number {
  const at = yamlFaultOffset(text, error);
  let start = at;
  visit(document, {
    Scalar: (_, { type, range }) => {
      const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      if (quoted && error.code === 'MISSING_CHAR' && range && range[0] < at && range[1] >= at - 1)
        start = Math.min(start, range[0]);
    },
  });
  return start;
}
