import { describe, expect, it } from 'vitest';
import type { NodeView, View } from '../../../../src/services/core/live/view';
import { GITALY_HEALTH } from '../../../../src/services/gitaly/facts';
import { gitalyVerdict } from '../../../../src/services/gitaly/health';
import { PRAEFECT_HEALTH } from '../../../../src/services/praefect/facts';
import { praefectVerdict } from '../../../../src/services/praefect/health';

const VIEW = {} as View;

/** A node of which this one fact is known. */
function knowing(fact: unknown, value: unknown): NodeView {
  const node = { fact: (asked: unknown) => (asked === fact && value !== undefined ? { value } : undefined) };
  return node as unknown as NodeView;
}

describe.each([
  ['Gitaly', gitalyVerdict, GITALY_HEALTH],
  ['Praefect', praefectVerdict, PRAEFECT_HEALTH],
] as const)('%s is', (_title, verdict, fact) => {
  it.each([
    ['serving', 'ok', 'serves'],
    ['not-serving', 'degraded', 'says that it does not serve'],
    // A busy machine is no reason to refuse what would take away one of three.
    ['late', 'degraded', 'is late with its answer'],
    ['silent', 'failed', 'takes connections and does not answer'],
    [undefined, 'unknown', 'its gRPC port has not been reached'],
  ])('%s: %s', (value, health, sentence) => {
    const judged = verdict(VIEW, knowing(fact, value));
    expect([judged.health, judged.detail?.sentence]).toEqual([health, sentence]);
  });
});
