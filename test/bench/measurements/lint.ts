import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prismLoader } from '../../../src/languages/gitlab-rb/ruby/ruby-parser';
import type { FileKind } from '../../../src/languages/file-types';
import type { Figure } from '../figure';
import { compiledReaders } from '../languages/compiled';
import { gitlabRbOf, LARGEST_LINES, longGitlabRbOf } from '../languages/gitlab-rb-file';
import { haproxyCfgOf } from '../languages/haproxy-file';
import { keepalivedConfOf } from '../languages/keepalived-file';
import { haproxyOfLabImage, installed, ruby, type FoundProgram } from '../languages/programs';
import { timeWarm } from '../languages/timing';
import type { Measurement } from '../measurement';
import { summarize } from '../stats';

const HAPROXY_LINES = 500;
/** Checks before the first one that counts: a language server runs for hours, and the engine compiles in the first hundred. */
const WARM_UP = 100;
const SIZES = [1000, 10_000, 100_000];

/** How much slower a line may be in a file of 100,000 lines than in one of 1,000. */
const GROWTH_BOUND = 2;

const GENERATORS = {
  'gitlab-rb': { title: 'gitlab.rb', path: 'gitlab.rb', text: longGitlabRbOf },
  haproxy: { title: 'haproxy.cfg', path: 'haproxy.cfg', text: haproxyCfgOf },
  keepalived: { title: 'keepalived.conf', path: 'keepalived.conf', text: keepalivedConfOf },
} as const;
type Kind = keyof typeof GENERATORS;

/** Reading and checking whole files inside one process, and the real programs beside it. */
export const lint: Measurement = {
  id: 'lint',
  title: 'Checking whole files',
  async measure({ quick, log, root }) {
    const { createReaders } = await compiledReaders(root);
    const read = createReaders(prismLoader(async () => readFileSync(wasmPath())));
    const runs = quick ? 5 : 40;
    const check = async (kind: FileKind & Kind, of: number | string): Promise<() => unknown> => {
      const reader = await read(kind);
      const text = typeof of === 'string' ? of : GENERATORS[kind].text(of);
      return () => reader(text, { path: GENERATORS[kind].path }).findings({});
    };
    const figures: Figure[] = [
      {
        id: 'lint.gitlab-rb',
        title: `gitlab.rb of ${LARGEST_LINES} lines, read and checked`,
        unit: 'ms',
        values: timeWarm(await check('gitlab-rb', gitlabRbOf(LARGEST_LINES)), runs, quick ? runs : WARM_UP),
        bound: 40,
        note: quick ? 'one process' : `one process, after ${WARM_UP} runs`,
      },
      {
        id: 'lint.haproxy',
        title: `haproxy.cfg of ${HAPROXY_LINES} lines, read and checked`,
        unit: 'ms',
        values: timeWarm(await check('haproxy', HAPROXY_LINES), runs, quick ? runs : WARM_UP),
        bound: 5,
        note: quick ? 'one process' : `one process, after ${WARM_UP} runs`,
      },
    ];
    figures.push(...(await compare(runs, root)));
    for (const kind of Object.keys(GENERATORS) as Kind[]) {
      log(`time per line: ${kind}`);
      figures.push(...(await growth(kind, (lines) => check(kind, lines), quick)));
    }
    return figures;
  },
};

async function growth(
  kind: Kind,
  check: (lines: number) => Promise<() => unknown>,
  quick: boolean,
): Promise<readonly Figure[]> {
  const sizes = quick ? SIZES.slice(0, 2) : SIZES;
  const perLine: { readonly lines: number; readonly values: readonly number[] }[] = [];
  for (const lines of sizes) {
    const runs = Math.max(3, Math.round(30_000 / lines));
    const times = timeWarm(await check(lines), runs, lines > 50_000 ? 1 : runs);
    perLine.push({ lines, values: times.map((milliseconds) => (milliseconds * 1000) / lines) });
  }
  const { title } = GENERATORS[kind];
  const medians = perLine.map(({ values }) => summarize(values).median);
  const ratio = (medians.at(-1) ?? 0) / (medians[0] ?? 1);
  return [
    ...perLine.map(({ lines, values }): Figure => ({
      id: `lint.${kind}.per-line.${lines}`,
      title: `${title}, each of ${lines.toLocaleString('en')} lines`,
      unit: 'µs',
      values,
    })),
    {
      id: `lint.${kind}.growth`,
      title: `${title}, a line among ${(sizes.at(-1) ?? 0).toLocaleString('en')} against one among 1,000`,
      unit: '×',
      values: [ratio],
      bound: GROWTH_BOUND,
    },
  ];
}

/** The real programs and ours as whole processes, over the same files. */
async function compare(runs: number, root: string): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gitlab-ha-lab-bench-'));
  try {
    const [rb, cfg] = [join(folder, 'gitlab.rb'), join(folder, 'haproxy.cfg')];
    writeFileSync(rb, gitlabRbOf(LARGEST_LINES));
    writeFileSync(cfg, haproxyCfgOf(HAPROXY_LINES));
    const cli = join(root, 'dist', 'cli.js');
    const ours = installed(process.execPath, cli, 'lint', '--format', 'json');
    const haproxy = installed('haproxy', '-c', '-f') ?? haproxyOfLabImage();
    const install = 'not found: install it (Debian: apt-get install';
    return [
      await program('ruby -c', rb, ruby(), runs, `${install} ruby)`),
      await program('gitlab-ha lint gitlab.rb', rb, ours, runs, 'not built: npm run build'),
      await program('haproxy -c', cfg, haproxy, runs, `${install} haproxy) or build the lab's image`),
      await program('gitlab-ha lint haproxy.cfg', cfg, ours, runs, 'not built: npm run build'),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function program(
  what: string,
  file: string,
  found: FoundProgram | undefined,
  runs: number,
  missing: string,
): Promise<Figure> {
  const title = `${what}, whole process`;
  const id = `lint.process.${what.replace(/[^a-z]+/g, '-')}`;
  if (found === undefined) return { id, title, unit: 'ms', values: [], note: missing };
  return { id, title, unit: 'ms', values: await found.time(file, runs), note: found.name };
}

function wasmPath(): string {
  return createRequire(import.meta.url).resolve('@ruby/prism/src/prism.wasm');
}
