import { hasBackendSide, hasFrontendSide, type Scope } from '../scope';
import type { Span } from '../../../core/rules/rule';
import type { Sample } from './sample';

/** Where an expression is evaluated, named after the rule set it stands in. */
export type Place =
  | 'tcp-request connection'
  | 'tcp-request session'
  | 'tcp-request content'
  | 'tcp-response content'
  | 'http-request'
  | 'http-response'
  | 'http-after-response'
  | 'use_backend'
  | 'use-server'
  | 'store-response'
  | 'server-connection'
  | 'health-check'
  | 'log'
  | 'configuration';

/** Columns of the listing's table of uses: of a frontend, of a backend. */
const COLUMNS: Readonly<Record<Place, readonly [number | undefined, number | undefined]>> = {
  'tcp-request connection': [0, undefined],
  'tcp-request session': [1, undefined],
  'tcp-request content': [2, 6],
  'http-request': [3, 7],
  use_backend: [5, undefined],
  'use-server': [undefined, 9],
  'tcp-response content': [15, 11],
  'http-response': [16, 12],
  'http-after-response': [16, 12],
  'store-response': [undefined, 14],
  'server-connection': [undefined, 10],
  'health-check': [undefined, 19],
  log: [18, 18],
  configuration: [20, 20],
};

const PLACE_NAMES: Readonly<Partial<Record<Place, string>>> = {
  log: 'this log format',
  'server-connection': 'a connection to a server',
  'health-check': 'a health check',
  configuration: 'the configuration while it is read',
};

/** True when a fetch can be had at a place of this kind of section. */
export function isAvailable(uses: string, place: Place, kind: string): boolean {
  const [front, back] = COLUMNS[place];
  if (place === 'configuration') return uses.charAt(20) === 'Y';
  if (front !== undefined && hasFrontendSide(kind) && uses.charAt(front) === 'Y') return true;
  return back !== undefined && hasBackendSide(kind) && uses.charAt(back) === 'Y';
}

/** Reports a fetch whose data is not there yet, or no longer, where it is used. */
export function checkUse(
  scope: Scope,
  sample: Sample | undefined,
  place: Place | undefined,
  span: Span,
): void {
  if (sample === undefined || place === undefined || isAvailable(sample.uses, place, scope.kind)) return;
  const message = `"${sample.fetch}" has nothing to read in ${PLACE_NAMES[place] ?? `"${place}"`}.`;
  scope.report(
    'not-available',
    span,
    message,
    'Use it where its data is at hand, or keep it in a variable with set-var.',
  );
}
