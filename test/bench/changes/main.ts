/**
 * Changes a running lab in every kind there is, each from the sample and back again, while clients write, and compares
 * what the plan said with what happened: `npx tsx test/bench/changes/main.ts [--only TEXT] [--markdown FILE]`.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { WorkspaceFiles } from '../../../src/lab/lab-service';
import { benchLabs, sampleAs, withSampleLab } from '../labs';
import { carryOut } from './carry-out';
import { KINDS } from './kinds';
import type { ChangeKind } from './kinds';
import { rowOf, tableOf, verdictOf } from './report';
import type { Row } from './report';

const ROOT = join(import.meta.dirname, '..', '..', '..');

function changed(files: WorkspaceFiles, { edit }: ChangeKind): WorkspaceFiles {
  return new Map(
    [...files].map(([path, text]) => [path, typeof text === 'string' ? edit(path, text) : text]),
  );
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, markdown: { type: 'string' }, name: { type: 'string' } },
  });
  const { only, markdown, name = 'effects-bench' } = values;
  const labs = benchLabs(ROOT);
  const sample = await sampleAs(ROOT, name);
  const kinds = KINDS.filter((kind) => only === undefined || new RegExp(only).test(kind.name));
  const rows: Row[] = [];
  await withSampleLab(labs, ROOT, name, async (lab) => {
    for (const [index, kind] of kinds.entries()) {
      const result = await carryOut(labs, lab, changed(sample, kind), `kind-${index}-${Date.now()}`);
      const row = rowOf(kind, result);
      rows.push(row);
      process.stdout.write(`${verdictOf(row)}\n`);
      if (markdown !== undefined) await writeFile(markdown, tableOf(rows));
      await labs.deploy(sample);
    }
  });
  return rows.every(({ agrees }) => agrees) ? 0 : 1;
}

process.exitCode = await main();
