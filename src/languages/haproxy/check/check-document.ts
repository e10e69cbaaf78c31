import { stoppedSections } from '../model/stopped';
import { keywordTable } from '../schema/keywords/tables';
import { MOST_WORDS, type DocumentPart, type HaproxyDocument, type Section } from '../syntax/document';
import { UNKNOWN_TEXT, type LexFaultKind, type Line, type Word } from '../syntax/word';
import { atLeast } from '../schema/version';
import type { Fault, FaultKind } from './fault';
import { checkCaptures } from './captures';
import { Collector } from './collector';
import { checkCrtStoreOrder } from './crt-store-order';
import { checkGivenTwice } from './given-twice';
import { checkHealthCheckOrder } from './health-check-order';
import { checkInheritedRules } from './inherited-rules';
import { Members } from './members';
import { checkOwnTables } from './own-tables';
import { checkDuplicateServers } from './duplicate-servers';
import { checkReferences, Definitions } from './references';
import { checkRuleOrder } from './rule-order';
import { checkSection } from './sections';
import type { Reference } from './scope';
import { holdsSecret } from './secrets';
import { SilentStatements } from './silent-statements';
import { checkStatement } from './statement';
import { StatementScope } from './statement-scope';

/** What the check of a document yields besides its faults. */
export interface Checked {
  readonly faults: ReadonlyMap<FaultKind, readonly Fault[]>;
  readonly references: readonly Reference[];
  /** Names of ACLs used in conditions, by section. */
  readonly usedAcls: ReadonlyMap<Section, ReadonlySet<string>>;
  /** Names of ACLs that stand in expressions anywhere in the file: `acl(name)`. */
  aclsInExpressions(): ReadonlySet<string>;
}

const LEX: Readonly<Record<LexFaultKind, readonly [FaultKind, string, string]>> = {
  'unmatched-quote': [
    'unmatched-quote',
    'This quote is never closed on its line.',
    'Close it, or write "\\" before it.',
  ],
  'unmatched-brace': ['variable', 'The brace of this variable is never closed.', 'Write "${NAME}".'],
  'variable-name': [
    'variable',
    'No variable can begin like this.',
    'Write "\\$" for a dollar sign in double quotes.',
  ],
  'word-expansion': ['variable', 'This word expansion is not written right.', 'Write "${NAME[*]}".'],
  'hex-escape': [
    'escape',
    'Two hexadecimal digits must follow "\\x".',
    'Write "\\\\x" for a backslash and an x.',
  ],
  nul: ['nul', 'A NUL character stands in the line.', 'Remove it; the file may be damaged or in UTF-16.'],
};

const CONDITION_REMEDY =
  'Write e.g. version_atleast(3.0), feature(OPENSSL) or streq("$NAME",text), joined by && and ||.';

/** Checks every line of a document as HAProxy of its version would. */
export function checkDocument(document: HaproxyDocument): Checked {
  const check = new DocumentCheck(document);
  for (const part of document.parts()) check.part(part);
  return check.finish();
}

/** The check of a document, part by part. */
export class DocumentCheck {
  private readonly collector: Collector;
  private readonly definitions: Definitions;
  private readonly members: Members;
  private readonly settings: Settings;
  private readonly silent: SilentStatements;
  /** Sections that HAProxy does not run. */
  private readonly stopped = new Set<Section>();

  constructor(private readonly document: HaproxyDocument) {
    this.collector = new Collector(document.text);
    this.definitions = new Definitions(document);
    this.members = new Members(this.collector);
    this.settings = settingsOf(document);
    this.silent = new SilentStatements(document.text);
    this.checkOutside();
  }

  /** What was found so far. */
  get found(): Checked {
    return this.collector;
  }

  /** Checks what can be told of a part by itself, with what it inherits. */
  part({ document, sections, lines }: DocumentPart): void {
    const { collector } = this;
    for (const line of lines) checkLine(document, line, collector);
    for (const section of sections) {
      checkSectionLines(document, section, collector, this.settings, this.silent);
      this.definitions.add(section);
      checkDuplicateServers(section, collector);
    }
    const stopped = stoppedSections(document);
    for (const section of stopped) this.stopped.add(section);
    checkOwnTables(document, stopped, collector);
    checkCaptures(document, stopped, collector);
    checkHealthCheckOrder(sections, collector);
    checkCrtStoreOrder(sections, collector);
    checkRuleOrder(sections, collector);
    this.members.add(document, sections, stopped);
  }

  /** Checks what stands between the parts, once all are checked. */
  finish(): Checked {
    const { document, collector } = this;
    checkReferences(document, this.definitions, this.stopped, collector);
    checkInheritedRules(document, collector);
    checkGivenTwice(document, collector);
    this.members.finish();
    return collector;
  }

  private checkOutside(): void {
    const { document, collector } = this;
    for (const { word, message } of document.conditionFaults) {
      const remedy = !word.value.startsWith('.') ? CONDITION_REMEDY : 'Balance .if, .elif, .else and .endif.';
      collector.add('conditional', word, message, remedy);
    }
    for (const { keyword, line } of document.orphans) {
      if (line.fault !== undefined) continue;
      const message = `"${keyword.value}" stands before the first section.`;
      collector.add(
        'outside-section',
        keyword,
        message,
        'Begin with "global", "defaults" or another section.',
      );
    }
  }
}

/** What lines of the global section change for all others. */
interface Settings {
  readonly lua: boolean;
  readonly moreCounters: boolean;
  /** Where experimental directives are allowed from; infinite when nowhere. */
  readonly experimentalFrom: number;
}

function settingsOf({ sections, version }: HaproxyDocument): Settings {
  let lua = false;
  let moreCounters = false;
  let experimentalFrom = Infinity;
  for (const section of sections.filter(({ kind }) => kind === 'global')) {
    for (const { keyword } of section.statements) {
      lua ||= keyword.value.startsWith('lua-load');
      moreCounters ||= keyword.value === 'tune.stick-counters' && atLeast(version, '3.0');
      if (keyword.value === 'expose-experimental-directives')
        experimentalFrom = Math.min(experimentalFrom, keyword.start);
    }
  }
  return { lua, moreCounters, experimentalFrom };
}

function checkLine(document: HaproxyDocument, line: Line, collector: Collector): void {
  const { fault } = line;
  if (fault !== undefined) {
    const [kind, message, remedy] = LEX[fault.kind];
    return collector.add(kind, fault, message, remedy);
  }
  const extra = line.words[MOST_WORDS];
  if (extra !== undefined && line.words.length > MOST_WORDS) {
    const message = `HAProxy reads no more than ${MOST_WORDS} words of a line.`;
    collector.add('too-many-words', extra, message, 'Split the line.');
  }
  if (line.comment !== undefined) checkNumberSign(document, line, collector);
  let empty = -1;
  for (let at = 0; at < line.words.length; at += 1) {
    const word = line.words[at];
    if (word?.value === UNKNOWN_TEXT) checkEnvironment(document, line, word, collector);
    else if (word?.value === '' && empty < 0 && at > 0 && !word.dynamic) empty = at;
  }
  const word = line.words[empty];
  if (word === undefined || (empty === line.words.length - 1 && !atLeast(document.version, '3.4'))) return;
  const refused = atLeast(document.version, '3.4');
  const message = refused
    ? 'An empty argument ends the list of arguments; HAProxy 3.4 refuses the line.'
    : 'An empty argument ends the list of arguments: HAProxy ignores what follows on the line.';
  collector.add('empty-argument', word, message, 'Remove it.', { severity: refused ? 'error' : 'warning' });
}

/** A `#` right behind a character: what was written as one word is cut there. */
function checkNumberSign({ text }: HaproxyDocument, { comment, words }: Line, collector: Collector): void {
  const last = words.at(-1);
  if (comment === undefined || last?.end !== comment.start) return;
  const behind = /^#\S*/.exec(text.slice(comment.start, comment.end))?.[0] ?? '#';
  // `foo# a comment` is a comment to its author, too; `S3cr#t9x` is one word.
  if (behind === '#' || /^#+$/.test(behind)) return;
  const span = { start: last.start, end: comment.start + behind.length };
  const read = holdsSecret(words) ? 'what stands before it' : `"${last.value}"`;
  const message = `The "#" begins a comment: HAProxy reads ${read} and nothing behind it.`;
  const remedy = 'Put the word in quotes, or write "\\#"; a comment stands behind a space.';
  collector.add('number-sign', span, message, remedy, { severity: 'warning' });
}

/** Variables HAProxy sets for itself and for the file it reads. */
const OWN_VARIABLE =
  /^"?\$\{?HAPROXY_((HTTP|HTTPS|TCP)_(CLF_)?LOG_FMT|LOCALPEER|BRANCH|CFGFILES|MWORKER|CLI|MASTER_CLI|STARTUP_VERSION)\b/;

/** A word that is one variable without a default: empty when the variable is not set. */
function checkEnvironment(document: HaproxyDocument, line: Line, word: Word, collector: Collector): void {
  if (line.openEnded) return;
  const name = document.text.slice(word.start, word.end);
  // HAProxy sets these itself before it reads the file.
  if (OWN_VARIABLE.test(name)) return;
  const effect = atLeast(document.version, '3.4') ? 'refuses the line' : 'takes the line to end here';
  const message = `${name} has no default: where the variable is not set, HAProxy ${effect}.`;
  const remedy = 'Write "${NAME-default}", or set it for the service on every node.';
  collector.add('environment', word, message, remedy);
}

/** Behind a section line it refuses, HAProxy refuses every line up to the next section. */
function reportRefused(section: Section, collector: Collector): void {
  for (const { keyword, uncertain } of section.statements) {
    if (uncertain) continue;
    const message = `This line is refused because the "${section.kind}" line above it is.`;
    const related = { span: section.header.keyword, message: 'the refused line' };
    collector.add('refused-section', keyword, message, 'Correct the section line first.', { related });
  }
}

/** Lines of a section the branch does not have: HAProxy reads them as the section's before. */
function reportForeign(section: Section, document: HaproxyDocument, collector: Collector): void {
  for (const { keyword, uncertain } of section.statements) {
    if (uncertain) continue;
    const message = `HAProxy ${document.version} has no section "${section.kind}" for this line.`;
    collector.add('newer', keyword, message, 'Remove the section, or run a version that has it.');
  }
}

function checkSectionLines(
  document: HaproxyDocument,
  section: Section,
  collector: Collector,
  settings: Settings,
  silent: SilentStatements,
): void {
  const acls = new Set<string>();
  const usedAcls = new Set<string>();
  collector.usedAcls.set(section, usedAcls);
  const table = keywordTable(document.version);
  const about = { version: document.version, table, section, silent: silent.in(section) };
  const shared = { ...about, acls, usedAcls, ...settings, collector };
  const state = checkSection(new StatementScope(shared, section.header));
  if (state === 'foreign') return reportForeign(section, document, collector);
  if (state === 'refused') return reportRefused(section, collector);
  if (state === 'last') return;
  for (const statement of section.statements) {
    if (statement.line.fault !== undefined) continue;
    const before = collector.errors;
    const scope = new StatementScope(shared, statement);
    scope.unlessSilent(statement.line.words, undefined, () => checkStatement(scope));
    const [name] = statement.args;
    // HAProxy does not know an ACL whose only declaration it refuses.
    const declares =
      statement.keyword.value === 'acl' && (collector.errors === before || statement.uncertain);
    if (declares && name !== undefined) acls.add(name.value);
  }
}
