/** What stands in a sentence: a name, a number, or words that are translated themselves. */
export type Value = string | number | Message;

/** Translates a sentence; `{0}`, `{1}` … stand for the values. `vscode.l10n` satisfies it. */
export interface Translator {
  t(sentence: string, ...values: (string | number)[]): string;
}

/**
 * A sentence for people that knows no language yet: whoever shows it says in which (`translate`). As text and in JSON it is
 * English, so that logs, recordings and programs read the same everywhere.
 */
export class Message {
  /** @param sentence in English; `{0}`, `{1}` … stand for the values. @param begins with a capital letter */
  constructor(
    readonly sentence: string,
    readonly values: readonly Value[] = [],
    readonly begins = false,
  ) {}

  /** The same sentence with other names in it. @param change what becomes of each text that is put in */
  withTexts(change: (text: string) => string): Message {
    const values = this.values.map((value) => {
      if (value instanceof Message) return value.withTexts(change);
      return typeof value === 'string' ? change(value) : value;
    });
    return new Message(this.sentence, values, this.begins);
  }

  toString(): string {
    return translate(this, ENGLISH);
  }

  toJSON(): string {
    return translate(this, ENGLISH);
  }
}

/** A sentence of ours. scripts/l10n.mjs collects it: it is one literal. */
export function say(sentence: string, ...values: readonly Value[]): Message {
  return new Message(sentence, values);
}

/** What another program said, or a name: the same in every language. */
export function verbatim(text: string): Message {
  return new Message('{0}', [text]);
}

/** Words that stand as data where they belong, such as the title of a fault: scripts/l10n.mjs collects them from there. */
export function declaredAs(words: string): Message {
  return new Message(words);
}

/** One after the other. @param between what stands between two, e.g. a comma: no word */
export function listed(parts: readonly Value[], between = ', '): Message {
  return new Message(parts.map((_, index) => `{${index}}`).join(between), parts);
}

/** Names in a sentence: "node1 and node2". */
export function together(names: readonly string[]): Message {
  const [first = '', ...others] = names;
  return others.reduce((before, name) => say('{0} and {1}', before, name), verbatim(first));
}

/** The same words at the beginning of a sentence. */
export function capital({ sentence, values }: Message): Message {
  return new Message(sentence, values, true);
}

/** Without those that say what an earlier one says. */
export function distinct(messages: readonly Message[]): readonly Message[] {
  return [...new Map(messages.map((message) => [message.toString(), message])).values()];
}

/** The sentence in the words of a language; a text that is no sentence of ours as it is. */
export function translate(message: Message | string, words: Translator): string {
  if (typeof message === 'string') return message;
  const { sentence, values, begins } = message;
  const filled = values.map((value) => (value instanceof Message ? translate(value, words) : value));
  const text = sentence === '{0}' ? String(filled[0]) : words.t(sentence, ...filled);
  return begins ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Fills in the values; what is no place for one stays as it is. */
export function fill(sentence: string, values: readonly (string | number | boolean)[]): string {
  return sentence.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
}

const ENGLISH: Translator = { t: (sentence, ...values) => fill(sentence, values) };
