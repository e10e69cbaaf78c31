import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENGLISH_WORDS, TRANSLATIONS, type Words } from './bundles';

/** Words that are the same in every language: names, terms people search for, and what has no words in it. */
const TERMS = new Set(
  [
    [
      'HA Lab',
      'HA Lab {0}',
      'HA Lab Language Server',
      'HA Lab language server',
      'Lab {0}',
      'Lab {0}, {1}',
      'lab {0} ({1})',
    ],
    ['Node', 'NODE', 'Node {0}, {1}, {2}', 'Container', 'Gateway', 'VIP', 'VIP {0}', 'Switchover'],
    [
      'Consul leader',
      'Database leader',
      'Redis master',
      'leader',
      'leader {0}',
      'master',
      'replica',
      'sync standby',
    ],
    [
      'etcd',
      'etcd leader',
      'Consul',
      'Patroni',
      'PostgreSQL',
      'Redis',
      'Master',
      'Quorum',
      'Timeline',
      'Raft leader',
    ],
    ['Lab "{0}"', 'Kill {0}', 'kill', 'streaming {0}', 'sync standby {0}', 'timeline {0}'],
    ['quorum standby', 'active', 'backup', 'reload', '{0} {1}', 'media/walkthrough/explore.svg'],
  ].flat(),
);

/** Besides the places for values. */
const HAS_WORDS = /(?<!\{)[A-Za-z](?![^{]*\})/;
const PLACEHOLDER = /\{\d+\}/g;
/** What must not be translated: code, commands behind links, names of icons. */
const FIXED = /`[^`]*`|\]\([^)]*\)|\$\([\w-]+\)|gitlab-ha [a-z]+|--[a-z]+(?:-[a-z]+)*/g;

const parts = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([found]) => found).sort();

function differing(english: Words, translated: Words, pattern: RegExp): readonly string[] {
  return Object.entries(english)
    .filter(([key]) => key in translated)
    .filter(([key, text]) => parts(text, pattern).join() !== parts(translated[key] ?? '', pattern).join())
    .map(([key]) => key);
}

describe.each(TRANSLATIONS)('$language', ({ code, manifest }) => {
  describe.each([
    ['the code', ENGLISH_WORDS.code, code],
    ['the manifest', ENGLISH_WORDS.manifest, manifest],
  ])('words of %s', (_, english, translated) => {
    const keys = Object.keys(translated);

    test('none is missing, none is left over', () => {
      expect(Object.keys(english).filter((key) => !(key in translated))).toEqual([]);
      expect(keys.filter((key) => !(key in english))).toEqual([]);
    });

    test('placeholders are those of the English text', () => {
      expect(differing(english, translated, PLACEHOLDER)).toEqual([]);
    });

    test('commands, options, code and icons are those of the English text', () => {
      expect(differing(english, translated, FIXED)).toEqual([]);
    });

    test('only terms are the same as in English', () => {
      const same = Object.entries(translated).filter(([key, text]) => english[key] === text);
      expect(same.map(([, text]) => text).filter((text) => !TERMS.has(text) && HAS_WORDS.test(text))).toEqual(
        [],
      );
    });

    test('accented letters are one character each, and no text begins or ends with a blank', () => {
      expect(keys.filter((key) => translated[key]?.normalize('NFC') !== translated[key])).toEqual([]);
      expect(keys.filter((key) => translated[key]?.trim() !== translated[key])).toEqual([]);
    });
  });

  test('pictures and pages of the walkthrough are there', () => {
    const files = Object.values(manifest).filter((text) => text.startsWith('media/'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(import.meta.dirname, '..', '..', '..', file)))).toEqual(
      [],
    );
  });
});
