import { describe, expect, test } from 'vitest';
import { ENGLISH, translated } from '../../../src/presentation/words/localizer';
import {
  capital,
  declaredAs,
  distinct,
  listed,
  say,
  together,
  translate,
  verbatim,
} from '../../../src/words/message';
import type { Message } from '../../../src/words/message';
import { readMessage, written } from '../../../src/words/written-message';

const VIETNAMESE = translated({
  '{0} is {1} again': '{0} lại là {1}',
  'database leader': 'leader của cơ sở dữ liệu',
  '{0} moved from {1} to {2}': '{0} chuyển từ {1} sang {2}',
  '{0} and {1}': '{0} và {1}',
  'its node is starting': 'node của nó đang khởi động',
});
const LEADER = declaredAs('database leader');

const SAID: readonly (readonly [message: Message, english: string, vietnamese: string])[] = [
  [say('its node is starting'), 'its node is starting', 'node của nó đang khởi động'],
  [
    say('{0} is {1} again', 'node2', LEADER),
    'node2 is database leader again',
    'node2 lại là leader của cơ sở dữ liệu',
  ],
  [
    capital(say('{0} moved from {1} to {2}', LEADER, 'node1', 'node2')),
    'Database leader moved from node1 to node2',
    'Leader của cơ sở dữ liệu chuyển từ node1 sang node2',
  ],
  [together(['node1', 'node2', 'node3']), 'node1 and node2 and node3', 'node1 và node2 và node3'],
  [
    listed(['node2', say('its node is starting')], ': '),
    'node2: its node is starting',
    'node2: node của nó đang khởi động',
  ],
  [verbatim('HTTP {0} $& 500'), 'HTTP {0} $& 500', 'HTTP {0} $& 500'],
  [say('{0} is {1} again', '{1}', '$&'), '{1} is $& again', '{1} lại là $&'],
  [say('no words for this'), 'no words for this', 'no words for this'],
  [listed([]), '', ''],
];

test.each(SAID)('%s', (message, english, vietnamese) => {
  expect(translate(message, ENGLISH)).toBe(english);
  expect(translate(message, VIETNAMESE)).toBe(vietnamese);
});

test.each(SAID)('%s is English for programs, in any window', (message, english) => {
  expect(JSON.parse(JSON.stringify({ message }))).toStrictEqual({ message: english });
  expect(String(message)).toBe(english);
});

test.each(SAID)('%s is read back from what was written of it, for any language', (message, _, vietnamese) => {
  const kept: unknown = JSON.parse(JSON.stringify(written(message)));
  const read = readMessage(kept);
  expect(read && translate(read, VIETNAMESE)).toBe(vietnamese);
});

test.each([undefined, null, 'text', 7, {}, { say: 1 }, { say: 'a', with: 'b' }, { say: 'a', with: [{}] }])(
  'what is no written message is none: %j',
  (kept) => {
    expect(readMessage(kept)).toBeUndefined();
  },
);

describe('values', () => {
  const nested = say('{0} is {1} again', 's3cret', say('{0} moved from {1} to {2}', 's3cret', 1, 'node2'));

  test('are changed wherever they stand, and nothing else', () => {
    const masked = nested.withTexts((text) => text.replace('s3cret', '***'));
    expect(String(masked)).toBe('*** is *** moved from 1 to node2 again');
    expect(String(nested)).toBe('s3cret is s3cret moved from 1 to node2 again');
  });
});

test('of several that say the same one is left', () => {
  const all = [say('{0} changes', 'ttl'), say('{0} changes', 'port'), say('{0} changes', 'ttl')];
  expect(distinct(all).map(String)).toEqual(['ttl changes', 'port changes']);
});
