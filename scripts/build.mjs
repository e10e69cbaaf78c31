#!/usr/bin/env node
/**
 * Bundles the extension (dist/extension.js), the language server (dist/server.js) and the command line program
 * (dist/cli.js) as ES modules that share chunks, and the program's checks once more as one file (dist/lint.cjs). What is
 * imported dynamically, the Docker client first of all, stays in chunks loaded on first use.
 * Options: --report prints the size of every output and what the largest are made of.
 */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { oneFile } from './lib/one-file.mjs';
import { quickPrism } from './lib/quick-prism.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What the extension may load when VS Code starts it; a person waits for it before the first view is there. */
const START_LIMIT_BYTES = 102 * 1024;

/** CommonJS dependencies in an ES module need `require`, `__filename` and `__dirname`. */
const commonJsBanner = [
  `import { createRequire as __createRequire } from 'node:module';`,
  `import { fileURLToPath as __fileURLToPath } from 'node:url';`,
  `import { dirname as __pathDirname } from 'node:path';`,
  `const require = __createRequire(import.meta.url);`,
  `const __filename = __fileURLToPath(import.meta.url);`,
  `const __dirname = __pathDirname(__filename);`,
].join('\n');

/**
 * dockerode loads gRPC and protobuf for BuildKit sessions, which the lab never opens (images are built with the
 * engine's own builder). They would be more than a third of the bundle.
 */
const withoutBuildKit = {
  name: 'without-buildkit',
  setup(bundle) {
    bundle.onLoad({ filter: /node_modules[\\/]dockerode[\\/]lib[\\/](session|buildkit)\.js$/ }, () => ({
      contents: `module.exports = function buildKitIsNotBundled() {
        throw new Error('BuildKit sessions are not part of this bundle; build images with the classic builder.');
      };`,
      loader: 'js',
    }));
  },
};

function entryPoints() {
  const cli = join(root, 'src', 'cli', 'main.ts');
  const entries = {
    extension: join(root, 'src', 'extension.ts'),
    server: join(root, 'src', 'server', 'main.ts'),
  };
  return existsSync(cli) ? { ...entries, cli } : entries;
}

/** Every chunk the entry loads at once, by static imports. */
function loadedAtStart(outputs, entry) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name) || !outputs[name]) return;
    seen.add(name);
    for (const imported of outputs[name].imports) {
      if (imported.kind === 'import-statement') visit(imported.path);
    }
  };
  visit(entry);
  return [...seen];
}

/** A mistake in one import would load the Docker client at start-up; better to fail here than to be slow. */
function checkLazyParts(outputs) {
  const entry = Object.keys(outputs).find((name) => outputs[name].entryPoint === 'src/extension.ts');
  const atStart = loadedAtStart(outputs, entry);
  const heavy =
    /node_modules\/(dockerode|docker-modem|ssh2|@ruby\/prism|yaml|tar-stream|vscode-language\w+|vscode-jsonrpc)\//;
  for (const output of atStart) {
    const found = Object.keys(outputs[output].inputs).find((input) => heavy.test(input));
    if (found)
      throw new Error(
        `${found} is loaded when the extension starts (through ${output}); import it dynamically.`,
      );
  }
  const bytes = atStart.reduce((sum, output) => sum + outputs[output].bytes, 0);
  if (bytes > START_LIMIT_BYTES) throw new Error(tooMuchAtStart(outputs, atStart, bytes));
  return bytes;
}

/** Which sources are the most of what loads at start-up: one of them is new, and perhaps not needed by then. */
function tooMuchAtStart(outputs, atStart, bytes) {
  const inputs = atStart.flatMap((output) => Object.entries(outputs[output].inputs));
  const largest = inputs.sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput).slice(0, 15);
  const lines = largest.map(
    ([input, { bytesInOutput }]) => `${kilobytes(bytesInOutput).padStart(10)}  ${input}`,
  );
  return [
    `${kilobytes(bytes)} load when the extension starts, more than ${kilobytes(START_LIMIT_BYTES)}:`,
    ...lines,
    'Import dynamically what the first view does not need, or say in scripts/build.mjs why the limit goes up.',
  ].join('\n');
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} kB`;
}

function printReport(outputs) {
  const files = Object.entries(outputs).sort((a, b) => b[1].bytes - a[1].bytes);
  for (const [name, output] of files) {
    console.log(`${kilobytes(output.bytes).padStart(10)}  ${name}`);
    const packages = new Map();
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? 'own code';
      packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
    }
    const largest = [...packages].sort((a, b) => b[1] - a[1]).slice(0, 4);
    for (const [name, bytes] of largest) console.log(`${kilobytes(bytes).padStart(14)}  ${name}`);
  }
}

/**
 * The banner stands in every output; it goes where nothing needs it, which is most of what loads at start-up.
 * The sizes in the metafile become those of the files.
 */
function dropUnusedBanners(outputs) {
  for (const [name, output] of Object.entries(outputs)) {
    if (!name.endsWith('.js')) continue;
    const path = join(root, name);
    const text = readFileSync(path, 'utf8');
    const rest = text.replace(`${commonJsBanner}\n`, '');
    if (/\b(require|__filename|__dirname)\b/.test(rest)) continue;
    writeFileSync(path, rest);
    output.bytes = Buffer.byteLength(rest);
  }
}

/** What names the other commands, and what their work begins with. */
const OF_COMMANDS =
  /[\\/]src[\\/](?:cli[\\/](?:grammar[\\/]|program\.ts$|whole-program\.ts$)|services[\\/]|lab[\\/])/;
/** What a check asks of them all the same. */
const OF_CHECKS = /(?:commands\/lint|\.\/workspace)$/;

/**
 * Parts of other commands stay out of the bundle for checks, which never asks for them: `src/cli/start/quick-lint.ts`
 * sees to it.
 */
const onlyChecks = {
  name: 'only-checks',
  setup(bundle) {
    bundle.onResolve({ filter: /^\./ }, ({ kind, path, importer }) => {
      const ofOthers = OF_COMMANDS.test(importer) && !OF_CHECKS.test(path);
      return kind === 'dynamic-import' && (ofOthers || path.endsWith('/verifier'))
        ? { path, external: true }
        : undefined;
    });
  },
};

/** The parser of Ruby as the program would make it of the package's at each start: with its larger stack. */
async function writeParser(from, to) {
  const [{ contents }] = (
    await build({
      entryPoints: [join(root, 'src', 'languages', 'gitlab-rb', 'ruby', 'prism-stack.ts')],
      format: 'esm',
      write: false,
    })
  ).outputFiles;
  const code = Buffer.from(contents).toString('base64');
  const { withLargeStack } = await import(`data:text/javascript;base64,${code}`);
  writeFileSync(to, withLargeStack(new Uint8Array(readFileSync(from))));
}

/** The grammar's library would load what starts programs, for commands that are programs of their own; ours are none. */
const withoutPrograms = {
  name: 'without-programs',
  setup(bundle) {
    const filter = /^node:child_process$/;
    bundle.onResolve({ filter }, ({ importer }) =>
      /node_modules[\\/]commander[\\/]/.test(importer)
        ? { path: 'child_process', namespace: 'without-programs' }
        : undefined,
    );
    bundle.onLoad({ filter: /.*/, namespace: 'without-programs' }, () => ({
      contents: `module.exports = {
        spawn: (...words) => require('child_process').spawn(...words),
      };`,
      loader: 'js',
    }));
  },
};

/**
 * What no check asks for: the grammar of other commands, what an editor asks of a language, and what a workspace knows of a
 * file. In their place stands what does nothing.
 */
const OF_OTHERS = [
  {
    importer: /[\\/]src[\\/]cli[\\/]program\.ts$/,
    path: /^\.\/grammar\/(?!lint-|translated-)[\w-]+-commands?$/,
  },
  { importer: /[\\/]src[\\/]languages[\\/][\w-]+[\\/]language\.ts$/, path: /^\.\/(?:editor|snippets)\// },
  { importer: /[\\/]server[\\/]documents[\\/]readers\.ts$/, path: /\/workspace\/facts\// },
];

const withoutOthers = {
  name: 'without-others',
  setup(bundle) {
    bundle.onResolve({ filter: /^\./ }, ({ path, importer, resolveDir }) =>
      OF_OTHERS.some((one) => one.importer.test(importer) && one.path.test(path))
        ? { path: join(resolveDir, `${path}.ts`), namespace: 'without-others' }
        : undefined,
    );
    bundle.onLoad({ filter: /.*/, namespace: 'without-others' }, ({ path }) => {
      const exported = readFileSync(path, 'utf8').matchAll(/^export (?:async )?(?:function|const) (\w+)/gm);
      const nothing = Array.from(exported, ([, name]) => `${name}: () => undefined`);
      return { contents: `module.exports = { ${nothing.join(', ')} };`, loader: 'js' };
    });
    // That a key is described tells that there is one; the words are the editor's.
    bundle.onLoad({ filter: /[\\/]schema[\\/]descriptions[\\/][\w-]+\.json$/ }, ({ path }) => ({
      contents: JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), (name, value) =>
        name === 'keys' ? Object.fromEntries(Object.keys(value).map((key) => [key, ''])) : value,
      ),
      loader: 'json',
    }));
  },
};

/** Tables as one text each: the engine reads a text many times faster than it makes the same objects of compiled code. */
const readTables = {
  name: 'read-tables',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]haproxy[\\/]schema[\\/]keywords[\\/]keywords\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    });
  },
};

/** Libraries that few checks need: they run when somebody first asks something of them. */
const lateLibraries = {
  name: 'late-libraries',
  setup(bundle) {
    const require = createRequire(join(root, 'package.json'));
    bundle.onResolve({ filter: /^(?:yaml|node:crypto)$/ }, ({ path, namespace }) =>
      namespace === 'late' ? undefined : { path, namespace: 'late' },
    );
    bundle.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: `let found;
        for (const name of ${JSON.stringify(Object.keys(require(path)))})
          Object.defineProperty(exports, name, {
            enumerable: true,
            get: () => (found ??= require(${JSON.stringify(path)}))[name],
          });`,
      loader: 'js',
      resolveDir: root,
    }));
  },
};

/**
 * `gitlab-ha lint` in one file, `lint.cjs`: to find and read many small ones takes longer than the check itself. Beside it
 * `start.cjs`, which runs it.
 * @param dist folder they are written to
 * @returns their size in bytes
 */
export async function buildChecks(dist) {
  const common = {
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  };
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: { lint: join(root, 'src', 'cli', 'whole-program.ts') },
    format: 'esm',
    splitting: true,
    define: { 'import.meta.url': '__moduleUrl' },
    plugins: [onlyChecks, withoutOthers, withoutPrograms, readTables, lateLibraries, quickPrism],
    metafile: true,
  });
  const outputs = Object.values(metafile.outputs);
  const heavy = /node_modules\/(dockerode|docker-modem|ssh2|tar-stream|vscode-\w+)\//;
  const found = outputs.flatMap(({ inputs }) => Object.keys(inputs)).find((input) => heavy.test(input));
  if (found)
    throw new Error(`${found} is in the bundle for checks: see what imports it in src/cli/commands/lint.ts.`);
  const url = `const __moduleUrl = require('node:url').pathToFileURL(__filename).href;\n`;
  const checks = Buffer.from(url + oneFile(outputFiles, 'lint.js'));
  const version = createHash('sha1').update(checks).digest('hex').slice(0, 16);
  const [start] = (
    await build({
      ...common,
      entryPoints: { start: join(root, 'src', 'cli', 'start', 'checks.ts') },
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
      define: { CHECKS_VERSION: JSON.stringify(version) },
    })
  ).outputFiles;
  writeFileSync(join(dist, 'lint.cjs'), checks);
  writeFileSync(join(dist, 'start.cjs'), start.contents);
  return checks.length + start.contents.length;
}

/**
 * Builds the programs into a folder, which is emptied first.
 * @returns sizes in bytes: everything, and what the extension loads at start-up.
 */
export async function buildAll({ dist = join(root, 'dist'), report = false } = {}) {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const result = await build({
    absWorkingDir: root,
    entryPoints: entryPoints(),
    outdir: dist,
    bundle: true,
    format: 'esm',
    splitting: true,
    platform: 'node',
    target: 'node20',
    external: ['vscode', 'cpu-features', '*.node'],
    banner: { js: commonJsBanner },
    plugins: [withoutBuildKit, quickPrism],
    // Names stay as they are, for stack traces; keeping them with keepNames would cost a call for each inner function.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const outputs = result.metafile.outputs;
  dropUnusedBanners(outputs);
  const prism = dirname(createRequire(join(root, 'package.json')).resolve('@ruby/prism'));
  await writeParser(join(prism, 'prism.wasm'), join(dist, 'prism.wasm'));
  const cli = join(dist, 'cli.js');
  if (existsSync(cli)) {
    const text = readFileSync(cli, 'utf8').replace(/^#!.*\n/, '');
    writeFileSync(cli, `#!/usr/bin/env node\n${text}`);
    chmodSync(cli, 0o755);
  }
  const startBytes = checkLazyParts(outputs);
  const checks = existsSync(cli) ? await buildChecks(dist) : 0;
  const bytes = checks + Object.values(outputs).reduce((sum, output) => sum + output.bytes, 0);
  if (report) printReport(outputs);
  return { bytes, startBytes };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now();
  const { bytes, startBytes } = await buildAll({ report: process.argv.includes('--report') });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`dist: ${kilobytes(bytes)}, of which ${kilobytes(startBytes)} load at start-up (${seconds} s)`);
}
