import type { Span } from '../../rules/rule';
import type { Section } from '../syntax/document';
import type { Fault, FaultKind } from './fault';
import type { FaultDetails, Reference } from './scope';

/** Collects faults; what stands in a template's markers is a fault of the template. */
export class Collector {
  readonly faults = new Map<FaultKind, Fault[]>();
  readonly references: Reference[] = [];
  readonly usedAcls = new Map<Section, Set<string>>();

  constructor(private readonly text: string) {}

  add(kind: FaultKind, span: Span, message: string, remedy: string, details: FaultDetails = {}): void {
    if (NEVER_TEMPLATE.has(kind) || !TEMPLATE.test(this.text.slice(span.start, span.end + 1))) {
      return this.push({ kind, span, message, remedy, ...details });
    }
    const text = 'This is a place holder that nothing has filled in; HAProxy reads it as it stands.';
    this.push({
      kind: 'template',
      span,
      message: text,
      remedy: 'Render the template before HAProxy reads it.',
    });
  }

  /** How many faults so far that HAProxy refuses the file for. */
  errors = 0;

  private push(fault: Fault): void {
    if (fault.severity === undefined || fault.severity === 'error') this.errors += 1;
    const list = this.faults.get(fault.kind);
    if (list === undefined) this.faults.set(fault.kind, [fault]);
    else list.push(fault);
  }
}

/** Place holders of template engines: Jinja, Go, ERB, Mustache, and `@NAME@`. */
const TEMPLATE = /\{\{|\}\}|\{%|%\}|<%|%>|^<[A-Za-z_ -]+>$|^@[A-Z_]+@$|^__[A-Z_]+__$/;
const NEVER_TEMPLATE: ReadonlySet<FaultKind> = new Set(['environment', 'deprecated', 'ignored-in-section']);
