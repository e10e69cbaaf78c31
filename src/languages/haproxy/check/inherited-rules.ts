import type { HaproxyDocument, Section, Statement } from '../syntax/document';
import type { Collector } from './collector';

/** What a defaults section with rules may not be inherited for, by what it holds. */
interface Inheritable {
  readonly section: Section;
  readonly rule: Statement;
  /** The first rule only a frontend, or only a backend, can have. */
  readonly frontOnly: Statement | undefined;
  readonly backOnly: Statement | undefined;
  /** The first section of each side that inherits it. */
  readonly users: Map<'frontend' | 'backend', Section>;
}

const RULES = new Set(['http-request', 'http-response', 'http-after-response']);

function isRule({ keyword, args, uncertain, line }: Statement): boolean {
  if (uncertain || line.fault !== undefined) return false;
  const tcp = keyword.value === 'tcp-request' || keyword.value === 'tcp-response';
  return RULES.has(keyword.value) || (tcp && args[0]?.value !== 'inspect-delay');
}

function isFrontOnly({ keyword, args }: Statement): boolean {
  const [first, second] = args;
  if (keyword.value === 'tcp-request') {
    return first?.value === 'connection' || first?.value === 'session' || second?.value === 'capture';
  }
  return (
    keyword.value === 'http-request' &&
    first?.value === 'capture' &&
    args.some(({ value }) => value === 'len')
  );
}

function inheritable(section: Section): Inheritable | undefined {
  const rules = section.statements.filter(isRule);
  const [rule] = rules;
  if (rule === undefined || section.name === undefined || section.header.uncertain) return undefined;
  return {
    section,
    rule,
    frontOnly: rules.find(isFrontOnly),
    backOnly: rules.find(({ keyword }) => keyword.value === 'tcp-response'),
    users: new Map(),
  };
}

/** Rules of a named defaults section hold for sections of one side only, and for no listen section. */
export function checkInheritedRules(document: HaproxyDocument, collector: Collector): void {
  const named = new Map<string, Inheritable | undefined>();
  let last: Inheritable | undefined;
  for (const section of document.sections) {
    const inherited =
      section.from !== undefined
        ? named.get(section.from.value)
        : section.kind === 'defaults'
          ? undefined
          : last;
    if (inherited !== undefined && !section.header.uncertain) report(section, inherited, collector);
    if (section.kind !== 'defaults') continue;
    last = inheritable(section);
    if (section.name !== undefined) named.set(section.name.value, last);
  }
}

function report(section: Section, inherited: Inheritable, collector: Collector): void {
  const { kind } = section;
  const name = inherited.section.name?.value ?? '';
  const fail = (rule: Statement, why: string, remedy: string): void => {
    const message = `"${section.name?.value ?? kind}" inherits the rules of "defaults ${name}", ${why}: HAProxy does not start.`;
    const related = { span: rule.keyword, message: 'the rule' };
    collector.add('not-in-section', section.from ?? section.name ?? section.header.keyword, message, remedy, {
      related,
    });
  };
  const without = `Inherit a "defaults" section without rules here, and write the rules where they are needed.`;
  if (kind === 'listen' || kind === 'defaults')
    return fail(inherited.rule, `which a ${kind} section cannot`, without);
  if (kind !== 'frontend' && kind !== 'backend') return;
  const foreign = kind === 'frontend' ? inherited.backOnly : inherited.frontOnly;
  if (foreign !== undefined) {
    return fail(
      foreign,
      `of which "${foreign.keyword.value} ${foreign.args[0]?.value ?? ''}" is not for a ${kind}`,
      without,
    );
  }
  const other = inherited.users.get(kind === 'frontend' ? 'backend' : 'frontend');
  if (!inherited.users.has(kind)) inherited.users.set(kind, section);
  if (other === undefined) return;
  fail(
    inherited.rule,
    `as the ${other.kind} "${other.name?.value ?? ''}" does`,
    'Give frontends and backends a "defaults" section of their own.',
  );
}
