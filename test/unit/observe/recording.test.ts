import { verbatim } from '../../../src/words/message';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/observe/event';
import { decodeRecording, encodeEvent } from '../../../src/observe/recording';

const first: Event = {
  at: 1,
  kind: 'node-down',
  node: 'node1',
  from: 'running',
  to: 'stopped',
  text: verbatim('node1 is stopped'),
};
const second: Event = {
  at: 2,
  kind: 'leader-changed',
  from: 'node1',
  to: 'node2',
  text: verbatim('a line\nbreak, an ümlaut'),
};

describe('a recording', () => {
  it('is read back as it was written', () => {
    const text = [first, second].map((event) => `${encodeEvent(event)}\n`).join('');
    expect(text.split('\n')).toHaveLength(3);
    expect(decodeRecording(text)).toEqual({ events: [first, second], skipped: 0 });
  });

  it.each<[string, string, number]>([
    ['torn last line', `${encodeEvent(first)}\n${encodeEvent(second).slice(0, 20)}`, 1],
    ['line that is no event', `[1]\n"x"\n{"at":1}\n${encodeEvent(first)}\n`, 3],
    ['empty lines', `\n${encodeEvent(first)}\n\n`, 0],
  ])('%s is left out', (_, text, skipped) => {
    expect(decodeRecording(text)).toEqual({ events: [first], skipped });
  });
});
