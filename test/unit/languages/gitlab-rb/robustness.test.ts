import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textLines } from '../../../../src/finding/text-lines';
import { readWorkspace } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';
import { rolesOf, workspace } from '../../workspace/workspace-sample';
import { evaluate } from './evaluate/evaluated';

const SAMPLE = readFileSync('lab/sample/nodes/node1/gitlab.rb', 'utf8');
/** Everything the evaluator has a meaning for, close together. */
const DENSE = `# ä 😀
port = 6379; hosts = %w[a b]
redis['h'] = { a: [1, -2, 0x1f], 'b' => "x#{port}y", **{ c: nil } }
redis['h'][:d] ||= hosts.map { |h| "#{h}:#{port}" }
hosts.each do |h| consul[h] = ENV.fetch(h, 'z') end
if ENV['X'] then patroni['ttl'] = 30 elsif true then patroni['ttl'] += 1 else roles ['x_role'] end
redis['t'] = <<~T
  one #{1 + 2 * 3 / 4 % 5 ** 6}
T
a, redis['b'] = 1, 2
case port when 1 then redis['c'] = 1 else redis['c'] = 2 end
begin; redis['d'] = File.read('x') rescue nil; ensure; redis['e'] = true end
def f(x) = x
redis['f'] = f(1) unless defined?(y) && !false
redis['g'] << format('%s', :s) if redis['g'].nil?
from_file '/x'
`;

/** Evaluates, reads the settings, and checks that every place lies in the text. */
async function judge(text: string): Promise<void> {
  const { starts } = textLines(text);
  const config = evaluate(text);
  const files = workspace({ 'nodes/node1/gitlab.rb': rolesOf(0) + text, 'nodes/node2/gitlab.rb': text });
  const { findings } = await readWorkspace(files, loadParser);
  const ranges = [...config.findings, ...config.assignments].map((one) => one.range);
  for (const { start, end } of ranges) {
    expect(start.line).toBeLessThan(starts.length);
    expect(end.line).toBeLessThan(starts.length);
    expect(end.line > start.line || end.character >= start.character).toBe(true);
  }
  for (const finding of findings) expect(finding.remedy).not.toBe('');
}

const damage = fc.record({
  at: fc.nat(),
  remove: fc.nat(10),
  insert: fc.oneof(
    fc.string({
      unit: fc.constantFrom(...'[]{}()\'"=,.:#|&!<>%\\ \n$@?', 'ä', '😀', '\u0000', '\ud800'),
      maxLength: 4,
    }),
    fc.constantFrom(
      'end',
      'do',
      'if',
      '<<~X',
      '#{',
      '=begin\n',
      '__END__\n',
      '%w(',
      'redis',
      '**',
      '||=',
      '9'.repeat(30),
    ),
  ),
});
const damaged = (text: string): fc.Arbitrary<string> =>
  fc.array(damage, { minLength: 1, maxLength: 5 }).map((damages) => {
    let result = text;
    for (const { at, remove, insert } of damages) {
      const place = at % (result.length + 1);
      result = result.slice(0, place) + insert + result.slice(place + remove);
    }
    return result;
  });

describe('no gitlab.rb makes reading throw or hang', () => {
  test('every beginning of a dense file', async () => {
    for (let length = 0; length <= DENSE.length; length += 5) await judge(DENSE.slice(0, length));
  });

  test('beginnings of a real file', async () => {
    for (let length = 0; length <= SAMPLE.length; length += 97) await judge(SAMPLE.slice(0, length));
  });

  test('damaged files', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(damaged(DENSE), damaged(SAMPLE)), judge), { numRuns: 120 });
  });

  test('any text at all', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), judge), { numRuns: 100 });
  });

  test.each([
    ['lists in lists', `redis['a'] = ${'['.repeat(400)}${']'.repeat(400)}`],
    ['a bottomless nesting', `redis['a'] = ${'['.repeat(100_000)}`],
    ['a sum of ten thousand parts', `redis['a'] = 1${' + 1'.repeat(10_000)}`],
    ['a text that doubles', `x = 'xxxxxxxxxx'\n${'x += x\n'.repeat(60)}redis['a'] = x`],
    ['a list that doubles', `x = [1, 2, 3]\n${'x = x + x\n'.repeat(60)}redis['a'] = x`],
    [
      'a hash that holds itself twice, sixty times',
      `h = { a: 1 }\n${'h = { a: h, b: h }\n'.repeat(60)}redis['a'] = h`,
    ],
    [
      'loops in loops',
      `l = %w(${'x '.repeat(900)})\n${'l.each { |a| '.repeat(6)}redis[a] = 1${' }'.repeat(6)}`,
    ],
    ['a text interpolated into itself', `x = 'xxxxxxxxxx'\n${'x = "#{x}#{x}"\n'.repeat(60)}redis['a'] = x`],
    ['a power of powers', "redis['a'] = 9 ** 9 ** 9 ** 9"],
    [
      'four hundred conditions in each other',
      `${'if true\n'.repeat(400)}redis['a'] = 1\n${'end\n'.repeat(400)}`,
    ],
    ['three megabytes', `# ${'x'.repeat(3_000_000)}`],
    ['ten thousand settings', Array.from({ length: 10_000 }, (_, n) => `redis['k${n}'] = ${n}`).join('\n')],
  ])('%s', async (_, text) => {
    const start = performance.now();
    await judge(text);
    // Generous: the point is seconds, not minutes, also on a busy machine.
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  test.each([
    ['a long key that nobody knows', `gitlab_rails['time_zone${'='.repeat(33)}'] = 'UTC'\n`],
    [
      'a hash that nothing closes',
      "gitaly['configuration'] = {\n  storage: [\n    { name: 'a', path: '/b' },\n",
    ],
  ])('%s, written many times', async (_, unit) => {
    const text = unit.repeat(60);
    await judge(text);
    const start = process.cpuUsage();
    await judge(text);
    const { user, system } = process.cpuUsage(start);
    // It took a second and more; CPU time, so that a busy machine does not matter.
    expect((user + system) / 1000).toBeLessThan(500);
  });

  test.each([
    [
      'four hundred conditions in each other',
      `${'if true\n'.repeat(400)}redis['a'] = 1\n${'end\n'.repeat(400)}`,
    ],
    ['loops in loops', `l = %w(${'x '.repeat(900)})\n${'l.each { |a| '.repeat(6)}x = 1${' }'.repeat(6)}`],
    ['a bottomless nesting', `redis['a'] = ${'['.repeat(100_000)}`],
  ])('%s: what could not be read is an error', (_, text) => {
    const { findings } = evaluate(text);
    expect(findings).toContainEqual(expect.objectContaining({ code: 'GRB002', severity: 'error' }));
  });
});
