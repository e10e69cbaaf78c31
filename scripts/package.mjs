#!/usr/bin/env node
/**
 * Builds the extension and packs it into gitlab-ha-lab-<version>.vsix. Fails when the package would contain
 * anything but what ships, misses something it needs, or is larger than its limit.
 * Option: --out FILE.
 */
import { PackageManager, createVSIX, listFiles } from '@vscode/vsce';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildAll } from './build.mjs';

const LIMIT_BYTES = 3 * 1024 * 1024;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const ships =
  /^(dist|media|lab\/image|lab\/services|lab\/sample|docs\/rules|l10n)\/|^package(\.nls(\.[a-z-]+)?)?\.json$|^(README|CHANGELOG)\.md$|^LICENSE$/;
const required = [
  'package.json',
  'package.nls.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/extension.js',
  'dist/server.js',
  'dist/cli.js',
  'dist/lint.cjs',
  'dist/start.cjs',
  'dist/prism.wasm',
  'docs/rules/README.md',
  'l10n/bundle.l10n.json',
  'lab/sample/cluster.yaml',
  'media/icon.png',
  'media/activity.svg',
];

const { values } = parseArgs({ options: { out: { type: 'string' } } });

/** Puts what ships into a folder of its own, so that nothing else can slip in and `dist` stays as it is. */
async function stage(folder) {
  await buildAll({ dist: join(folder, 'dist') });
  const names = readdirSync(root).filter((name) => ships.test(name) || ships.test(`${name}/`));
  for (const name of [...names, 'lab/image', 'lab/services', 'lab/sample', 'docs/rules', '.vscodeignore']) {
    if (name !== 'dist') cpSync(join(root, name), join(folder, name), { recursive: true });
  }
}

async function checkContents(folder) {
  const listed = await listFiles({ cwd: folder, packageManager: PackageManager.None });
  const files = listed.map((file) => file.replaceAll('\\', '/'));
  const strangers = files.filter((file) => !ships.test(file) || /\.map$|(^|\/)\.env/.test(file));
  if (strangers.length > 0)
    throw new Error(`These files do not belong into the package: ${strangers.join(', ')}`);
  const missing = required.filter((file) => !files.includes(file));
  if (missing.length > 0) throw new Error(`The package misses: ${missing.join(', ')}`);
  for (const folder of ['lab/image/', 'lab/services/'])
    if (!files.some((file) => file.startsWith(folder)))
      throw new Error(`The package misses the image recipe's ${folder}`);
  return files.length;
}

const folder = mkdtempSync(join(tmpdir(), 'gitlab-ha-lab-package-'));
try {
  await stage(folder);
  const count = await checkContents(folder);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const packagePath = resolve(values.out ?? join(root, `gitlab-ha-lab-${version}.vsix`));
  await createVSIX({
    cwd: folder,
    dependencies: false,
    packagePath,
    allowMissingRepository: true,
    // The pictures of the README are in the repository only; where that is, the package does not know.
    rewriteRelativeLinks: false,
  });
  const bytes = statSync(packagePath).size;
  console.log(`${packagePath}: ${count} files, ${(bytes / 1024).toFixed(0)} kB`);
  if (bytes > LIMIT_BYTES) throw new Error(`The package is larger than ${LIMIT_BYTES / 1024 / 1024} MB.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
