#!/usr/bin/env node
/**
 * `npm test`: sets everything up, then runs every check and every test.
 *   --only unit,lint   only these phases
 *   --skip e2e         all but these
 *   --list             the names of the phases
 * Checks run side by side; what each prints is shown in one piece when it is done. Whatever must be fetched for later
 * phases is fetched meanwhile.
 * The last line is `N passed, N failed`: tests, plus one failure for each phase that failed without a failing test.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDocker, ensureImageSource } from './lib/docker.mjs';
import { checkNode, ensureBuild, ensureDependencies } from './lib/prepare.mjs';
import { ensureSshd } from './lib/ssh.mjs';
import { SetupError, main, must, root, run, say } from './lib/run.mjs';

const minute = 60_000;
/** Far more than a check needs: the node images are built beside it, and a machine may be several times slower. */
const CHECK_MINUTES = 30;
const bin = (name) => join(root, 'node_modules', '.bin', name);
const check = (name, command, args) => ({
  name,
  command,
  args,
  limitMs: CHECK_MINUTES * minute,
  besides: true,
});

const results = join(root, 'test-results');
/** @param project vitest's name of it, or a pattern of names */
const suite = (name, minutes, prepare = async () => {}, project = name) => ({
  name,
  command: bin('vitest'),
  args: [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(results, `${name}.json`)}`,
  ],
  limitMs: minutes * minute,
  report: join(results, `${name}.json`),
  prepare,
});

let dockerReady;
/** Once, however many phases need it. */
function prepareDocker() {
  dockerReady ??= ensureDocker().then(ensureImageSource);
  return dockerReady;
}

/** The images are built ahead, so that no test waits for them. */
async function prepareIntegration() {
  await prepareDocker();
  await ensureSshd();
  const build = [join(root, 'tools', 'images.ts')];
  await must(bin('tsx'), build, 'The integration tests need the node images; the step that failed says why.');
}

async function prepareVsCode() {
  await prepareDocker();
  await must(
    process.execPath,
    ['scripts/setup-vscode.mjs'],
    'The end-to-end tests need a VS Code and Chromium.',
  );
}

// The longest check first: the others fit beside it.
const phases = [
  check('lint', bin('eslint'), ['.', '--max-warnings', '0']),
  check('format', bin('prettier'), ['--check', '--log-level=warn', '.']),
  check('typecheck', bin('tsc'), ['--noEmit']),
  check('deps', bin('depcruise'), ['src', 'test', 'tools', '--config', '.dependency-cruiser.cjs']),
  check('unused', bin('knip'), []),
  suite('unit', 15),
  suite('integration', 50, prepareIntegration, 'integration*'),
  suite('e2e', 30, prepareVsCode, 'e2e*'),
];

function selectedPhases() {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, skip: { type: 'string' }, list: { type: 'boolean' } },
  });
  if (values.list) {
    console.log(phases.map((phase) => phase.name).join('\n'));
    process.exit(0);
  }
  const names = (text) => (text ?? '').split(',').filter((name) => name !== '');
  const [only, skip] = [names(values.only), names(values.skip)];
  const unknown = [...only, ...skip].filter((name) => !phases.some((phase) => phase.name === name));
  if (unknown.length > 0)
    throw new SetupError(`No such phase: ${unknown.join(', ')}. \`--list\` shows them.`);
  return phases.filter(
    (phase) => (only.length === 0 || only.includes(phase.name)) && !skip.includes(phase.name),
  );
}

/** Test counts of vitest's report and what failed in it; undefined when it wrote none. */
function readReport(path) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
      failures: report.testResults.flatMap(failuresIn),
    };
  } catch {
    return undefined;
  }
}

/** Failed tests of one file, or the file itself when it could not be run: a name, and the first lines of why. */
function failuresIn({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => ({ name: `${file}: ${test.fullName}`, why: test.failureMessages.join('\n') }));
  return failed.length === 0 && status === 'failed' ? [{ name: file, why: message }] : failed;
}

/** What a finished phase counts as. A failure is never lost, and a suite that ran no test is one. */
function judge(phase, code) {
  if (!phase.report) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0, ok: code === 0 };
  const counts = readReport(phase.report);
  if (!counts) return { passed: 0, failed: 1, skipped: 0, ok: false, note: 'no report' };
  const ran = counts.passed + counts.failed;
  if (ran === 0) return { ...counts, failed: 1, ok: false, note: 'no test ran' };
  const ok = code === 0 && counts.failed === 0;
  return { ...counts, failed: ok ? 0 : Math.max(1, counts.failed), ok };
}

/**
 * Begins what phases need before they can run, one after the other: apt-get allows only one at a time. Each phase waits
 * for its own, and is the one that tells when it fails.
 */
function prepareAhead(chosen) {
  let before = Promise.resolve();
  return chosen.map((phase) => {
    const ready = before.then(() => phase.prepare?.());
    before = ready.catch(() => undefined);
    return { ...phase, prepare: () => ready };
  });
}

/** @param show takes what the phase prints; it is printed as it comes when absent */
async function runPhase(phase, show) {
  const started = Date.now();
  let outcome;
  try {
    await phase.prepare();
    if (phase.report) rmSync(phase.report, { force: true });
    const code = await run(phase.command, phase.args, { limitMs: phase.limitMs, onOutput: show });
    outcome = judge(phase, code);
    if (code === 124) outcome.note = `took longer than ${phase.limitMs / minute} minutes`;
  } catch (error) {
    console.error(error instanceof SetupError ? `error: ${error.message}` : error);
    outcome = { passed: 0, failed: 1, skipped: 0, ok: false, note: 'could not be set up' };
  }
  return { name: phase.name, seconds: (Date.now() - started) / 1000, ...outcome };
}

/** Runs phases side by side, one a processor; the output of each stays together. */
async function runBeside(some) {
  const waiting = [...some];
  const outcomes = [];
  const next = async () => {
    for (let phase = waiting.shift(); phase; phase = waiting.shift()) {
      const pieces = [];
      const outcome = await runPhase(phase, (piece) => pieces.push(piece));
      say(phase.name);
      process.stdout.write(Buffer.concat(pieces));
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  return some.map((phase) => outcomes.find((outcome) => outcome.name === phase.name));
}

/** Once more at the end, where it is looked for: with many tests the place of a failure lies thousands of lines above. */
function printFailures(outcomes) {
  const linesShown = 12;
  for (const { name, why } of outcomes.flatMap(({ failures = [] }) => failures)) {
    console.log(`\n✗ ${name}`);
    const lines = why.split('\n').filter((line) => !/^\s+at .*node_modules/.test(line));
    for (const line of lines.slice(0, linesShown)) console.log(`    ${line}`);
  }
}

function printSummary(outcomes, seconds) {
  console.log('\nPhase        Result   Time      Tests');
  for (const outcome of outcomes) {
    const ran = outcome.passed + outcome.failed;
    const tests = phases.find((phase) => phase.name === outcome.name)?.report
      ? `${outcome.passed}/${ran}`
      : '';
    const result = outcome.ok ? 'ok' : 'FAILED';
    const time = `${outcome.seconds.toFixed(1)} s`;
    const line = [
      outcome.name.padEnd(12),
      result.padEnd(8),
      time.padStart(8),
      ` ${tests}`,
      outcome.note ?? '',
    ];
    console.log(line.join(' ').trimEnd());
  }
  printFailures(outcomes);
  console.log(`Total ${seconds.toFixed(1)} s`);
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const skipped = sum('skipped');
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

await main(async () => {
  const started = Date.now();
  const chosen = selectedPhases();
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const selected = prepareAhead(chosen);
  mkdirSync(results, { recursive: true });
  const outcomes = await runBeside(selected.filter((phase) => phase.besides));
  for (const phase of selected.filter((each) => !each.besides)) {
    say(phase.name);
    outcomes.push(await runPhase(phase));
  }
  printSummary(outcomes, (Date.now() - started) / 1000);
  return outcomes.every((outcome) => outcome.ok) ? 0 : 1;
});
