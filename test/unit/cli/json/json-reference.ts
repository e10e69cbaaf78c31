import { readFileSync } from 'node:fs';

/** A field as docs/cli.md describes it. */
interface Field {
  readonly type: string;
  readonly optional: boolean;
}

/** What docs/cli.md says of the JSON that programs get: the type of each output, and the shapes these types name. */
export class JsonReference {
  private readonly shapes = new Map<string, ReadonlyMap<string, Field>>();
  private readonly words = new Map<string, string>();
  private readonly outputs = new Map<string, string>();
  /** Fields that were found in an output. */
  private readonly seen = new Set<string>();

  constructor() {
    const page = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');
    const [, chapter = ''] = page.split('\n## JSON\n');
    const [json = ''] = chapter.split('\n## ');
    const [outputs = '', ...shapes] = json.split('\n### ');
    for (const [names = '', type = ''] of rowsOf(outputs)) {
      for (const [, name = ''] of names.matchAll(/`([^`]+)`/g)) this.outputs.set(name, type);
    }
    for (const shape of shapes) {
      const [name = ''] = shape.split('\n');
      // The last shape is followed by the words.
      const [fields = '', words = ''] = shape.split(/^Words that .*$/m);
      this.shapes.set(name, new Map(rowsOf(fields).map(fieldOf)));
      for (const [word = '', values = ''] of rowsOf(words)) this.words.set(word, values);
    }
  }

  /** The outputs there are a type for. */
  get documented(): readonly string[] {
    return [...this.outputs.keys()];
  }

  /** What of an output is not as documented. */
  problemsOf(output: string, value: unknown): readonly string[] {
    const type = this.outputs.get(output);
    return type === undefined ? [`${output} is not documented`] : this.check(value, type, output);
  }

  /** What of a value is not of a shape. */
  problemsOfShape(shape: string, value: unknown): readonly string[] {
    return this.check(value, shape, shape);
  }

  /** Documented fields that no output had so far. */
  neverSeen(): readonly string[] {
    const all = [...this.shapes].flatMap(([shape, fields]) =>
      [...fields.keys()].map((name) => `${shape}.${name}`),
    );
    return all.filter((field) => !this.seen.has(field));
  }

  private check(value: unknown, type: string, at: string): readonly string[] {
    const alternatives = type.split(' | ');
    const found = alternatives.map((one) => this.checkOne(value, one, at));
    return found.find((problems) => problems.length === 0) ?? found[0] ?? [];
  }

  private checkOne(value: unknown, type: string, at: string): readonly string[] {
    const wrong = [`${at} is ${JSON.stringify(value)?.slice(0, 60)}, not ${type}`];
    const word = this.words.get(type);
    if (word !== undefined) return this.check(value, word, at);
    if (/^"/.test(type)) return JSON.stringify(value) === type ? [] : wrong;
    if (type === 'null') return value === null ? [] : wrong;
    if (['string', 'number', 'boolean'].includes(type)) return typeof value === type ? [] : wrong;
    if (type.endsWith('[]')) {
      if (!Array.isArray(value)) return wrong;
      return value.flatMap((item, index) => this.check(item, type.slice(0, -2), `${at}[${index}]`));
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong;
    const [, of] = /^map of (.+)$/.exec(type) ?? [];
    if (of !== undefined) {
      const each = of.replaceAll(' or ', ' | ');
      return Object.entries(value).flatMap(([key, item]) => this.check(item, each, `${at}.${key}`));
    }
    const fields = this.shapes.get(type);
    return fields === undefined ? [`${type} is not documented`] : this.checkFields(value, fields, type, at);
  }

  private checkFields(
    value: object,
    fields: ReadonlyMap<string, Field>,
    shape: string,
    at: string,
  ): readonly string[] {
    const entries = Object.entries(value);
    const missing = [...fields].filter(([name, { optional }]) => !optional && !(name in value));
    for (const [name] of entries) this.seen.add(`${shape}.${name}`);
    return [
      ...missing.map(([name]) => `${at}.${name} is missing`),
      ...entries.flatMap(([name, item]) => {
        const field = fields.get(name);
        return field === undefined
          ? [`${at}.${name} is not documented`]
          : this.check(item, field.type, `${at}.${name}`);
      }),
    ];
  }
}

/** The cells of a table's rows, without its heading. */
function rowsOf(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
}

function fieldOf([name = '', type = '']: readonly string[]): [string, Field] {
  const plain = name.replaceAll('`', '');
  return [plain.replace(/\?$/, ''), { type, optional: plain.endsWith('?') }];
}
