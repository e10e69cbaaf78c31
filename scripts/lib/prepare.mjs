/** Dependencies and build, each skipped when nothing it depends on has changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError, must, root, say } from './run.mjs';

const oldestNode = 20;

export function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldestNode) {
    throw new SetupError(
      `Node.js ${process.versions.node} is too old. Install Node.js ${oldestNode} or newer.`,
    );
  }
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function isStamped(stamp, value) {
  const path = join(root, stamp);
  return existsSync(path) && readFileSync(path, 'utf8') === value;
}

function setStamp(stamp, value) {
  mkdirSync(dirname(join(root, stamp)), { recursive: true });
  writeFileSync(join(root, stamp), value);
}

/** Whether somebody has run `npm ci` by hand: npm leaves what it has installed beside it. */
function isInstalled() {
  const packagesOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const there = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, { integrity, optional }]) =>
      path === '' || (there[path] === undefined ? optional === true : there[path].integrity === integrity),
  );
}

/** `npm ci`, unless node_modules was installed from this very lock file by this Node version. */
export async function ensureDependencies() {
  const stamp = 'node_modules/.installed-from';
  const wanted = `${hashOf(['package-lock.json'])} ${process.versions.modules}`;
  if (isStamped(stamp, wanted)) return;
  if (!existsSync(join(root, stamp)) && isInstalled()) return setStamp(stamp, wanted);
  say('Installing dependencies (npm ci)');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  await must('npm', args, 'Is the npm registry reachable? Check `npm config get registry` and try again.');
  setStamp(stamp, wanted);
}

function filesBelow(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [folder];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(`${folder}/${name}`));
}

/** Builds dist/, unless it was built from these very sources. */
export async function ensureBuild() {
  const stamp = 'dist/.built-from';
  const sources = [
    'src',
    'webview',
    'scripts/build.mjs',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ];
  const wanted = hashOf(sources.flatMap(filesBelow));
  if (existsSync(join(root, 'dist/cli.js')) && isStamped(stamp, wanted)) return;
  say('Building');
  await must(process.execPath, ['scripts/build.mjs'], 'The lines above say what the compiler did not like.');
  setStamp(stamp, wanted);
}
