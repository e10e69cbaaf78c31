import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTree } from '../../../src/presentation/topology/tree-model';
import type { TreeNode } from '../../../src/presentation/topology/tree-node';
import { english, healthy, lab } from '../presentation/support/lab';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'media', 'walkthrough');

/** `<text …>label <tspan …>description</tspan></text>`. */
const ROW = /<text[^>]*>(.*?) <tspan[^>]*>(.*?)<\/tspan>/g;

test("the walkthrough's picture of the tree shows rows that the tree has, in their order", () => {
  const svg = readFileSync(join(FOLDER, 'explore.svg'), 'utf8').replaceAll('&amp;', '&');
  const drawn = [...svg.matchAll(ROW)].map(([, label, description]) => `${label} | ${description}`);
  expect(drawn.length).toBeGreaterThan(5);
  const rows = (nodes: readonly TreeNode[]): string[] =>
    nodes.flatMap(({ label, description, children }) => [`${label} | ${description}`, ...rows(children)]);
  const all = rows(buildTree([{ info: lab(), state: healthy() }], 'layer', english));
  let from = 0;
  for (const row of drawn) {
    const at = all.indexOf(row, from);
    expect(at, `"${row}" after row ${from} of the tree`).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
});
