import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../../src/finding/finding';
import { offsetAt, positionAt, textLines } from '../../../../../src/finding/text-lines';
import { KEEPALIVED_LANGUAGE } from '../../../../../src/languages/keepalived/language';
import { completion } from '../../../../../src/languages/keepalived/editor/completion/completion';
import { takeOverTime } from '../../../../../src/languages/keepalived/editor/explain/inlay-hints';

const { features } = KEEPALIVED_LANGUAGE;
const read = (text: string) => KEEPALIVED_LANGUAGE.read(text, { path: 'keepalived.conf' });

/** The text without its mark `|`, and where the mark stood. */
function marked(text: string): { text: string; position: Position } {
  const at = text.indexOf('|');
  const clean = text.slice(0, at) + text.slice(at + 1);
  return { text: clean, position: positionAt(textLines(clean), at) };
}

function labels(source: string): string[] {
  const { text, position } = marked(source);
  return completion(read(text), position).map(({ label }) => label);
}

const FILE = `$NODE=node1

vrrp_script answers {
    script "/bin/check"
    interval 2
    fall 3
}

vrrp_track_process proxy {
    process haproxy
}

vrrp_instance gitlab {
    state BACKUP
    interface eth0
    priority 100
    advert_int 1
    virtual_ipaddress {
        10.0.0.100/24
    }
    track_script {
        answers weight 5
    }
}

vrrp_sync_group all {
    group {
        gitlab
    }
}
`;

describe('completion', () => {
  it.each([
    ['blocks of the file', '|', ['global_defs', 'vrrp_instance', 'vrrp_script'], ['priority']],
    [
      'keywords of the block',
      'vrrp_instance a {\n    |\n}\n',
      ['priority', 'nopreempt', 'track_script'],
      ['script_user'],
    ],
    ['keywords of the block, half written', 'vrrp_instance a {\n    prio|\n}\n', ['priority'], ['router_id']],
    [
      'keywords in a block that is not closed',
      'vrrp_script a {\n    |',
      ['script', 'interval', 'fall'],
      ['state'],
    ],
    ['keywords behind a brace on the line', 'vrrp_script a { |', ['script', 'interval'], ['state']],
    [
      'keywords of a nested block',
      'vrrp_instance a {\n authentication {\n  |\n }\n}\n',
      ['auth_type', 'auth_pass'],
      ['state'],
    ],
    ['values', 'vrrp_instance a {\n    state |\n}\n', ['MASTER', 'BACKUP'], ['priority']],
    ['switches', 'global_defs {\n    vrrp_strict |\n}\n', ['on', 'off'], []],
    ['scripts', FILE.replace('        answers weight 5', '        |'), ['answers'], ['proxy', 'gitlab']],
    ['weights', FILE.replace('answers weight 5', 'answers |'), ['weight'], ['answers']],
    [
      'instances',
      FILE.replace('    group {\n        gitlab', '    group {\n        |'),
      ['gitlab'],
      ['answers'],
    ],
    ['options of an address', FILE.replace('10.0.0.100/24', '10.0.0.100/24 |'), ['dev', 'label'], ['weight']],
    ['interfaces', FILE.replace('10.0.0.100/24', '10.0.0.100/24 dev |'), ['eth0'], ['dev']],
    ['definitions', FILE.replace('priority 100', 'priority $|'), ['${NODE}', '${_RANDOM}'], ['priority']],
  ])('offers %s', (_, source, wanted, unwanted) => {
    const found = labels(source);
    expect(found).toEqual(expect.arrayContaining(wanted));
    for (const label of unwanted) expect(found).not.toContain(label);
  });

  it.each([
    ['in a comment', 'vrrp_instance a {\n    # pri|\n}\n'],
    ['in quotes', 'global_defs {\n    router_id "no|de"\n}\n'],
    ['in a block nobody knows', 'foo {\n    |\n}\n'],
    ['behind the last argument', 'vrrp_instance a {\n    priority 100 |\n}\n'],
  ])('offers nothing %s', (_, source) => {
    expect(labels(source)).toEqual([]);
  });

  it('writes a block with its braces and replaces what is written', () => {
    const { text, position } = marked('vrrp_sc|');
    const item = features.completion(read(text), position).find(({ label }) => label === 'vrrp_script');
    expect(item?.textEdit).toEqual({
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } },
      newText: 'vrrp_script ${1:NAME} {\n    $0\n}',
    });
  });
});

describe('hover', () => {
  const hover = (source: string): string => {
    const { text, position } = marked(source);
    const found = features.hover(read(text), position);
    return found !== undefined && typeof found.contents === 'object' && 'value' in found.contents
      ? found.contents.value
      : '';
  };

  it.each([
    ['a keyword', FILE.replace('advert_int 1', 'adv|ert_int 1'), /advert_int SECONDS[^]*Default: 1\./],
    ['an argument', FILE.replace('priority 100', 'priority 1|00'), /1 to 255/],
    ['an address', FILE.replace('10.0.0.100/24', '10.0.|0.100/24'), /ADDRESS\/MASK/],
    ['a script where it is used', FILE.replace('answers weight', 'ans|wers weight'), /Defined in line 3\./],
    [
      'a script where it is defined',
      FILE.replace('vrrp_script answers', 'vrrp_script ans|wers'),
      /Used in line 22\./,
    ],
    ['a definition', FILE.replace('priority 100', 'priority $NO|DE'), /\$NODE=node1/],
  ])('tells about %s', (_, source, wanted) => {
    expect(hover(source)).toMatch(wanted);
  });

  it('is silent about what nobody knows', () => {
    expect(hover('fo|o bar\n')).toBe('');
    expect(hover('# prior|ity\n')).toBe('');
  });
});

describe('names', () => {
  const uses = (text: string) =>
    features
      .symbolUses(read(text))
      .map(({ kind, name, role, range }) => `${range.start.line + 1} ${role} ${kind} ${name}`);

  it('are found where they are defined and used', () => {
    expect(uses(FILE)).toEqual([
      '1 definition definition NODE',
      '3 definition vrrp_script answers',
      '9 definition vrrp_track_process proxy',
      '13 definition vrrp_instance gitlab',
      '22 use vrrp_script answers',
      '26 definition vrrp_sync_group all',
      '28 use vrrp_instance gitlab',
    ]);
  });

  it('of definitions are found in words and in quotes, without their signs', () => {
    const text = '$A=1\nglobal_defs {\n    router_id "x${A}"\n    process_name $A\n}\n';
    const lines = textLines(text);
    const written = features
      .symbolUses(read(text))
      .map(({ range }) => text.slice(offsetAt(lines, range.start), offsetAt(lines, range.end)));
    expect(written).toEqual(['A', 'A', 'A']);
  });

  it.each([
    ['blanks', 'a b', /blanks/],
    ['a brace', 'a{', /braces/],
    ['another one of its kind', 'second', /taken/],
    ['a good name', 'other', undefined],
  ])('may be changed or not: %s', (_, name, refused) => {
    const subject = read(`${FILE}vrrp_script second {\n}\n`);
    const symbol = features.symbolUses(subject).find((use) => use.name === 'answers');
    const answer = symbol === undefined ? undefined : features.refuseRename?.(subject, symbol, name);
    if (refused === undefined) expect(answer).toBeUndefined();
    else expect(answer?.refused).toMatch(refused);
  });
});

describe('the shape of a file', () => {
  it('is shown as an outline', () => {
    const symbols = features.documentSymbols(read(FILE));
    expect(symbols.map(({ name }) => name)).toEqual(['$NODE', 'answers', 'proxy', 'gitlab', 'all']);
    expect(symbols[3]?.children?.map(({ name }) => name)).toEqual(['virtual_ipaddress', 'track_script']);
  });

  it('is shown with a name for each part, also where empty texts stand as names', () => {
    const symbols = features.documentSymbols(read('vrrp_instance  {\n  virtual_ipaddress "" "" {\n  }\n}\n'));
    expect(symbols.map(({ name }) => name)).toEqual(['vrrp_instance']);
    expect(symbols[0]?.children?.map(({ name }) => name)).toEqual(['virtual_ipaddress']);
  });

  it('can be folded by block and comment', () => {
    const folded = features
      .foldingRanges(read(`# one\n# two\n${FILE}`))
      .map((range) => [range.startLine, range.endLine]);
    expect(folded).toEqual([
      [0, 1],
      [4, 8],
      [10, 12],
      [14, 25],
      [19, 21],
      [22, 24],
      [27, 31],
      [28, 30],
    ]);
  });

  it('grows a selection from the word to the file', () => {
    const { text, position } = marked(FILE.replace('answers weight', 'ans|wers weight'));
    const lines = textLines(text);
    const grown: string[] = [];
    for (
      let at: ReturnType<typeof features.selectionRange> | undefined = features.selectionRange(
        read(text),
        position,
      );
      at !== undefined;
      at = at.parent
    ) {
      grown.push(text.slice(offsetAt(lines, at.range.start), offsetAt(lines, at.range.end)));
    }
    expect(grown.slice(0, 3)).toEqual(['answers', 'answers weight 5', '        answers weight 5']);
    expect(grown.some((part) => part.startsWith('track_script {') && part.endsWith('}'))).toBe(true);
    expect(grown.at(-1)).toBe(text);
  });

  it('is coloured by meaning', () => {
    const text = '@node1 vrrp_script a { # why\n    interval 2\n    foo\n}\n';
    const lines = textLines(text);
    const tokens = features.semanticTokens?.(read(text)) ?? [];
    expect(
      tokens.map(({ range, type }) => [
        text.slice(offsetAt(lines, range.start), offsetAt(lines, range.end)),
        type,
      ]),
    ).toEqual([
      ['@node1', 'namespace'],
      ['vrrp_script', 'keyword'],
      ['a', 'class'],
      ['# why', 'comment'],
      ['interval', 'keyword'],
      ['2', 'number'],
    ]);
  });

  it('links to included files, not to patterns and scripts', () => {
    const links =
      features.documentLinks?.(read('include vrrp.conf\ninclude conf.d/*.conf\nincluder /etc/$A\n')) ?? [];
    expect(links.map(({ data }): unknown => data)).toEqual(['vrrp.conf']);
  });
});

describe('hints', () => {
  const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

  it('name the times that follow from several settings', () => {
    const hints = features
      .inlayHints?.(read(FILE), whole)
      .map(({ label, position }) => [position.line + 1, label]);
    expect(hints).toEqual([
      [17, 'takes over after 3.61 s'],
      [6, 'counts as failed within 6 s'],
    ]);
  });

  it.each([
    [1, 128, 3, 2, 3.5],
    [1, 254, 3, 2, 3 + 2 / 256],
    [0.5, 128, 3, 3, 1.75],
    [2, 128, 5, 2, 10.5],
  ])(
    'count %d s, priority %d, %d adverts of version %d as %d s',
    (interval, priority, adverts, version, time) => {
      expect(takeOverTime(interval, priority, adverts, version)).toBeCloseTo(time);
    },
  );

  it('are silent where a value is not known', () => {
    expect(
      features.inlayHints?.(
        read(FILE.replace('priority 100', 'priority $P').replace('fall 3', 'fall $F')),
        whole,
      ),
    ).toEqual([]);
  });
});
