import { describe, expect, test } from 'vitest';
import { place } from '../../places';
import { evaluate, plain, root, placed } from './evaluated';

/** What an expression yields, by assigning it to a setting. */
const valueOf = (expression: string, before = ''): unknown =>
  (root(`${before}\nredis['x'] = ${expression}\n`, 'redis') as Record<string, unknown>)['x'];

describe('expressions that are known', () => {
  test.each<[string, unknown]>([
    ["'text'", 'text'],
    ['"text"', 'text'],
    ['"tab\\tquote\\""', 'tab\tquote"'],
    ["'it''s'", 'its'],
    ['"ä € 😀"', 'ä € 😀'],
    [':name', ':name'],
    ['42', 42],
    ['1_048_576', 1048576],
    ['-5', -5],
    ['0x1f', 31],
    ['0b101', 5],
    ['17_179_869_184', 17179869184],
    ['-17179869184', -17179869184],
    ['0.9', 0.9],
    ['true', true],
    ['false', false],
    ['nil', null],
    ['[1, "a", :b]', [1, 'a', ':b']],
    ['%w(10.0.0.1 10.0.0.2)', ['10.0.0.1', '10.0.0.2']],
    ['%i[a b]', [':a', ':b']],
    ["{ 'a' => 1, b: 2, :c => 3 }", { a: 1, b: 2, c: 3 }],
    ["{ 'a' => { 'b' => [] } }", { a: { b: [] } }],
    ['[*%w(a b), "c"]', ['a', 'b', 'c']],
    ["{ a: 1, **{ 'a' => 2, b: 3 } }", { a: 2, b: 3 }],
    ["'a' + 'b'", 'ab'],
    ["'ab' * 3", 'ababab'],
    ['2 * 3 + 4', 10],
    ['7 / 2', 3],
    ['-7 / 2', -4],
    ['-7 % 3', 2],
    ['2 ** 10', 1024],
    ['1.5 * 2', 3],
    ['[1] + [2]', [1, 2]],
    ["format('%s:%d', 'node1', 6379)", 'node1:6379'],
    ["'%s-%s' % ['a', 'b']", 'a-b'],
    ["'100%%' % []", '100%'],
    ["{ a: 1 }.merge({ 'a' => 2 }, b: 3)", { a: 2, b: 3 }],
    ["%w(a b).join(',')", 'a,b'],
    ["'a,b'.split(',')", ['a', 'b']],
    ["'A'.downcase.to_sym", ':a'],
    ["'12abc'.to_i", 12],
    ['6379.to_s', '6379'],
    ['%w(a b).map { |name| "#{name}.example.com" }', ['a.example.com', 'b.example.com']],
    ['(1 + 2)', 3],
    ['true ? 1 : 2', 1],
    ['nil || 5', 5],
    ['false && fail', false],
    ['!true', false],
    ["'a' == 'a'", true],
    ["1 != '1'", true],
    ['%w(a b c).first', 'a'],
    ["{ 'a' => 1 }['a']", 1],
    ['[1, 2, 3][-1]', 3],
    ["'x'.freeze", 'x'],
    ["begin\n 'inside'\nend", 'inside'],
  ])('%s', (expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });

  test('variables, interpolation and heredocs', () => {
    const text = `
nodes = %w(172.30.0.11 172.30.0.12)
port = 6379
port += 1
name, number = 'db', 3
redis['hosts'] = nodes.map { |ip| "#{ip}:#{port}" }
redis['name'] = "#{name}#{number}"
redis['text'] = <<~TEXT
  one
    two #{1 + 1}
TEXT
redis['raw'] = <<-'RAW'
  #{not} read
  RAW
`;
    expect(root(text, 'redis')).toEqual({
      hosts: ['172.30.0.11:6380', '172.30.0.12:6380'],
      name: 'db3',
      text: 'one\n  two 2\n',
      raw: '  #{not} read\n',
    });
  });

  test('a loop over something known is run', () => {
    const text =
      '%w(a b).each { |n| redis[n] = "#{n}1" }\n{ c: 3 }.each do |key, value|\n  redis[key] = value\nend\n';
    expect(root(text, 'redis')).toEqual({ a: 'a1', b: 'b1', c: 3 });
  });

  test('settings can be read back', () => {
    const text = "redis['port'] = 6379\nredis['x'] = redis['port'] + 1\nsentinel['port'] = redis['x']\n";
    expect(root(text, 'sentinel')).toEqual({ port: 6380 });
  });
});

describe('expressions that only the real machine knows say why, and where', () => {
  test.each([
    ["ENV['PASSWORD']", 'it reads the environment (ENV)', "ENV['PASSWORD']"],
    ["ENV.fetch('PASSWORD', 'x')", 'it reads the environment (ENV)', "ENV.fetch('PASSWORD', 'x')"],
    [
      "File.read('/run/secret').strip",
      'it reads a file of the real machine (File.read)',
      "File.read('/run/secret')",
    ],
    ['"a#{ENV[\'X\']}b"', 'it reads the environment (ENV)', "ENV['X']"],
    ['`hostname`', 'it runs a command', '`hostname`'],
    ["node['ipaddress']", 'it reads the facts of the real machine (node)', "node['ipaddress']"],
    ['Socket.gethostname', 'it calls Socket.gethostname', 'Socket.gethostname'],
    ["JSON.parse('{}')", 'it calls JSON.parse', "JSON.parse('{}')"],
    ["'a'.unpack1('H*')", 'it calls the method "unpack1"', "'a'.unpack1('H*')"],
    ['on', '"on" is nothing GitLab knows; a text needs quotes', 'on'],
    ['1 / 0', 'the calculation has no result', '1 / 0'],
    ['99999999999999999999', 'the number is too large', '99999999999999999999'],
    ["'a' * 10_000_000", 'the text is too long', "'a' * 10_000_000"],
    [
      "ENV['X'] ? 1 : 2",
      'it depends on the condition in line 2: it reads the environment (ENV)',
      "ENV['X'] ? 1 : 2",
    ],
  ])('%s', (expression, reason, at) => {
    const text = `\nredis['x'] = ${expression}\n`;
    const [assignment] = evaluate(text).assignments;
    expect(placed(assignment?.value)).toEqual({ kind: 'unknown', reason, range: place(text, at) });
  });

  test('an unknown element leaves the rest of a list or hash known', () => {
    expect(valueOf("['a', ENV['B'], { c: 1, d: ENV['D'] }]")).toEqual([
      'a',
      '? it reads the environment (ENV)',
      { c: 1, d: '? it reads the environment (ENV)' },
    ]);
  });

  test('after a merge with something unknown nothing of the hash is known', () => {
    expect(valueOf('{ a: 1, **ENV.to_h, b: 2 }')).toEqual({
      a: '? it takes in a hash that is not known',
      b: 2,
      '…': '? it takes in a hash that is not known',
    });
  });
});

describe('conditions', () => {
  test('a condition that is known takes one way', () => {
    const text =
      "ha = true\nif ha\n  redis['a'] = 1\nelse\n  redis['a'] = 2\nend\nredis['b'] = 3 unless ha\n";
    expect(root(text, 'redis')).toEqual({ a: 1 });
  });

  test('a condition that is not known leaves both ways unknown, and what stands before and after as it is', () => {
    const text = `redis['a'] = 0
redis['b'] = 0
if ENV['HA']
  redis['a'] = 1
else
  redis['c'] = 2
end
redis['c'] = 3
`;
    const reason = '? it depends on the condition in line 3: it reads the environment (ENV)';
    expect(root(text, 'redis')).toEqual({ a: reason, b: 0, c: 3 });
    const { assignments } = evaluate(text);
    expect(assignments.map((one) => one.certain)).toEqual([true, true, false, false, true]);
    expect(assignments.map((one) => plain(one.value))).toEqual([0, 0, 1, 2, 3]);
  });

  test.each([
    ["redis['a'] = 1 if ENV['X']", 'line 1'],
    ["case ENV['X']\nwhen 'y' then redis['a'] = 1\nend", 'line 1'],
    ["begin\n  redis['a'] = 1\nrescue StandardError\n  redis['a'] = 2\nend", 'line 1'],
    ["redis['a'] = 1 while File.exist?('x')", 'line 1'],
    ["ENV['X'] && redis['a'] = 1", 'condition'],
    ["3.times { |i| redis['a'] = i }", 'block of "times"'],
    ["File.open('x') { |f| redis['a'] = f.read }", 'block of "open"'],
  ])('%s leaves the key unknown', (text, part) => {
    expect(root(text, 'redis')).toEqual({ a: expect.stringContaining(part) as string });
  });
});
