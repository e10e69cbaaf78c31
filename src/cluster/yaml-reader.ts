import { isAlias, isMap, isScalar, isSeq, type Node as YamlNode, type Pair, type YAMLMap } from 'yaml';
import { closestWord, suggestion } from '../finding/did-you-mean';
import type { Finding, Fix, Range, Severity } from '../finding/finding';
import { rangeBetween, type TextLines } from '../finding/text-lines';
import type { ClusterRuleId } from './cluster-rules';

/** A value and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly range: Range;
}

/** One key of a mapping; `value` is undefined where nothing follows the colon. */
export interface Field {
  readonly key: Located<string>;
  readonly value: YamlNode | undefined;
}

interface ReportMore {
  readonly severity?: Severity;
  /** What to write in the place of the range, where there is one sure answer. */
  readonly write?: string;
}

/** Reads typed values out of a YAML tree and collects a finding for each that is not of its type. */
export class YamlReader {
  readonly findings: Finding[] = [];

  constructor(
    private readonly lines: TextLines,
    private readonly file: string,
  ) {}

  report(
    code: ClusterRuleId,
    range: Range,
    message: string,
    remedy: string,
    { severity = 'error', write }: ReportMore = {},
  ): void {
    const fix = write === undefined ? {} : { fix: fixFor(write, range) };
    this.findings.push({ code, severity, file: this.file, range, message, remedy, ...fix });
  }

  /** Reports a word that is none of the known ones; one that is close enough can be put in its place. */
  reportWord(code: ClusterRuleId, word: Located<string>, message: string, known: readonly string[]): void {
    const write = closestWord(word.value, known);
    const more = write === undefined ? {} : { write };
    this.report(code, word.range, message, suggestion(word.value, known), more);
  }

  rangeOf(node: YamlNode): Range {
    const [start, end] = node.range ?? [0, 0];
    // A block's range reaches into the line below it.
    const written = this.lines.text.slice(start, end).trimEnd().length;
    return rangeBetween(this.lines, start, start + written);
  }

  /** The fields of a mapping by name. Unknown keys are reported; a repeated key is YAML's own error. */
  fields(node: YamlNode | undefined, at: Range, what: string, known: readonly string[]): Map<string, Field> {
    const fields = new Map<string, Field>();
    if (!isMap(node)) {
      this.mistyped(node, at, what, 'a mapping (key: value lines)');
      return fields;
    }
    for (const pair of node.items) {
      const field = this.field(pair);
      if (field === undefined) {
        this.report('CLU004', this.rangeOf(node), `A key of ${what} is no plain word.`, remedyFor(known));
      } else if (!known.includes(field.key.value)) {
        this.unknownKey(field.key, what, known);
      } else {
        fields.set(field.key.value, field);
      }
    }
    return fields;
  }

  /** A string. Numbers count as written, so that version 19.10 does not become 19.1. */
  string(field: Field | undefined, what: string): Located<string> | undefined {
    if (field === undefined) return undefined;
    return this.text(field.value, field.key.range, what);
  }

  text(node: YamlNode | undefined, at: Range, what: string): Located<string> | undefined {
    if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) {
      return { value: node.source ?? String(node.value), range: this.rangeOf(node) };
    }
    this.mistyped(node, at, what, 'a text');
    return undefined;
  }

  number(field: Field | undefined, what: string): Located<number> | undefined {
    if (field === undefined) return undefined;
    const node = field.value;
    if (isScalar(node) && typeof node.value === 'number' && Number.isFinite(node.value)) {
      return { value: node.value, range: this.rangeOf(node) };
    }
    this.mistyped(node, field.key.range, what, 'a number');
    return undefined;
  }

  boolean(field: Field | undefined, what: string): Located<boolean> | undefined {
    if (field === undefined) return undefined;
    const node = field.value;
    if (isScalar(node) && typeof node.value === 'boolean') {
      return { value: node.value, range: this.rangeOf(node) };
    }
    this.mistyped(node, field.key.range, what, 'true or false');
    return undefined;
  }

  /** The items of a list; undefined (and reported) when it is none. */
  list(field: Field | undefined, what: string): Located<readonly YamlNode[]> | undefined {
    if (field === undefined) return undefined;
    const node = field.value;
    if (!isSeq(node)) {
      this.mistyped(node, field.key.range, what, 'a list (lines that begin with "- ")');
      return undefined;
    }
    const items = node.items.filter((item): item is YamlNode => typeof item === 'object' && item !== null);
    return { value: items, range: this.rangeOf(node) };
  }

  /** Reports keys that must be there and are not; `at` is where the reader should look. */
  require(fields: ReadonlyMap<string, Field>, at: Range, what: string, needed: Record<string, string>): void {
    for (const [key, example] of Object.entries(needed)) {
      if (fields.has(key)) continue;
      this.report('CLU006', at, `${capital(what)} has no "${key}".`, `Add it, for example: ${example}`);
    }
  }

  private field(pair: Pair<unknown, unknown>): Field | undefined {
    const key = pair.key;
    if (!isScalar(key)) return undefined;
    const value = pair.value as YamlNode | null;
    return {
      key: { value: String(key.value), range: this.rangeOf(key) },
      value: value ?? undefined,
    };
  }

  private unknownKey(key: Located<string>, what: string, known: readonly string[]): void {
    const code = what === 'layers' ? 'CLU017' : 'CLU005';
    const message =
      what === 'layers' ? `There is no layer "${key.value}".` : `"${key.value}" is no key of ${what}.`;
    this.reportWord(code, key, message, known);
  }

  private mistyped(node: YamlNode | undefined, at: Range, what: string, expected: string): void {
    const range = node === undefined ? at : this.rangeOf(node);
    if (isAlias(node)) {
      const message = `${capital(what)} is an alias (*${node.source}).`;
      this.report('CLU025', range, message, 'Write the value out: cluster.yaml knows no aliases.');
      return;
    }
    const found = describe(node);
    this.report('CLU004', range, `${capital(what)} must be ${expected}, not ${found}.`, `Write ${expected}.`);
  }
}

function fixFor(newText: string, range: Range): Fix {
  return { title: `Write ${newText}`, edits: [{ range, newText }] };
}

function remedyFor(known: readonly string[]): string {
  return `Use one of: ${known.join(', ')}.`;
}

/** The beginning of a sentence; a key or a file's name stays as it is written. */
function capital(text: string): string {
  return text.includes(' ') ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function describe(node: YamlNode | YAMLMap | undefined): string {
  if (node === undefined) return 'empty';
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'empty';
  if (typeof node.value === 'number' && !Number.isFinite(node.value)) return 'an infinite one or none';
  return typeof node.value === 'string' ? 'a text' : `a ${typeof node.value}`;
}
