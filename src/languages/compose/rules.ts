import { positionAt } from '../../finding/text-lines';
import type { Finding } from '../../finding/finding';
import type { Severities } from '../core/language/language';
import type { Problem, Rule, Span } from '../core/rules/rule';
import { runRules } from '../core/rules/run-rules';
import type { Comment } from '../core/rules/suppression';
import type { ComposeFile } from './compose-file';
import { dollars, type Dollar } from './interpolation';
import { isNginxVariable, nginxPlaces } from './nginx-variables';

const TOPIC = 'Compose files';

const NO_YAML: Rule<ComposeFile> = {
  id: 'CMP001',
  severity: 'error',
  topic: TOPIC,
  title: 'Compose cannot read the file',
  check({ text, fault }, report) {
    if (fault === undefined) return;
    const { error, start } = fault;
    report({
      span: lineAround(text, start),
      message: `YAML: ${error.message.replace(/\.$/, '')}. Compose refuses the file, and nothing in it was checked.`,
      remedy: REMEDIES[error.code] ?? 'Correct the YAML here or in the line above.',
    });
  },
};

/** By the parser's own codes. */
const REMEDIES: Readonly<Record<string, string>> = {
  BAD_INDENT:
    'Give the line the indentation of its neighbours: of a text after "|" each line at least that of its first.',
  TAB_AS_INDENT: 'Indent with spaces.',
  DUPLICATE_KEY: 'Keep one of the two.',
  BAD_SCALAR_START: 'Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'Put a value that has a colon in quotes, or write it as a text after "|".',
};

const REFUSED_DOLLAR: Rule<ComposeFile> = {
  id: 'CMP002',
  severity: 'error',
  topic: TOPIC,
  title: 'A dollar sign that Compose refuses',
  check(file, report) {
    for (const { span, dollar } of dollarsOf(file)) {
      if (dollar.kind !== 'refused') continue;
      report({
        span,
        message:
          'Compose takes this dollar sign for the start of a variable that has no valid name or end, and refuses the file.',
        remedy: 'Write $$ for a dollar sign, or ${NAME} for a variable.',
      });
    }
  },
};

const LOST_DOLLAR: Rule<ComposeFile> = {
  id: 'CMP003',
  severity: 'warning',
  topic: TOPIC,
  title: 'Compose takes a variable of nginx for one of its own',
  check(file, report) {
    for (const { span, dollar, isForNginx } of dollarsOf(file)) {
      const { kind, name, modifier, start, end } = dollar;
      if (kind !== 'variable' || modifier !== '' || Object.hasOwn(file.variables, name)) continue;
      if (isNginxVariable(name) && isForNginx(start, end)) report(lost(span, name));
    }
  },
};

function lost(span: Span, name: string): Problem {
  return {
    span,
    message: `Compose puts the value of its own variable ${name} here, nothing when it has none: nginx never sees $${name}.`,
    remedy: `Write $$${name}.`,
    fix: { title: `Write $$${name}`, edits: [{ start: span.start, end: span.start, newText: '$' }] },
  };
}

interface Placed {
  readonly span: Span;
  readonly dollar: Dollar;
  /** True where the text around the offsets in it is nginx's. */
  readonly isForNginx: ReturnType<typeof nginxPlaces>;
}

/** Every dollar sign of the texts, and where it stands in the file. */
function* dollarsOf({ configs }: ComposeFile): Generator<Placed> {
  for (const { written } of configs) {
    const isForNginx = nginxPlaces(written.text);
    for (const dollar of dollars(written.text)) {
      const start = written.offsets[dollar.start] ?? 0;
      yield { dollar, isForNginx, span: { start, end: (written.offsets[dollar.end - 1] ?? start) + 1 } };
    }
  }
}

/** What stands on the line of an offset; of an empty line its end. */
function lineAround(text: string, offset: number): Span {
  const first = text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset);
  const line = text.slice(first, next < 0 ? text.length : next);
  const start = first + line.length - line.trimStart().length;
  return { start, end: Math.max(start, first + line.trimEnd().length) };
}

/** Rules for the compose file around gitlab.rb. */
export const COMPOSE_RULES: readonly Rule<ComposeFile>[] = [NO_YAML, REFUSED_DOLLAR, LOST_DOLLAR];

/** Checks what is around the texts for gitlab.rb. Findings are sorted by place, silenced ones left out. */
export function lintCompose(file: ComposeFile, path: string, severities: Severities = {}): Finding[] {
  return runRules(file, COMPOSE_RULES, {
    path,
    comments: comments(file),
    unusedId: 'CMP000',
    severities,
    range: ({ start, end }) => ({ start: positionAt(file.lines, start), end: positionAt(file.lines, end) }),
  });
}

/** Comments that may silence something, of YAML or of the Ruby inside: both begin with the same sign. */
function* comments({ text, lines }: ComposeFile): Generator<Comment> {
  for (const { index, 0: whole } of text.matchAll(/#[^\n]*ha-lab:[^\n]*/g)) {
    const { line } = positionAt(lines, index);
    const alone = text.slice(lines.starts[line] ?? 0, index).trim() === '';
    yield { start: index, end: index + whole.length, text: whole, line, alone };
  }
}
