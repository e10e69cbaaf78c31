import { MOST_LINES, MOST_SECTIONS } from '../syntax/document';
import type { HaproxyRule } from './haproxy-rule';

const TOPIC = 'Lines and words';

/** Faults of the file as a whole. */
export const FILE_RULES: readonly HaproxyRule[] = [
  {
    id: 'HAP051',
    severity: 'warning',
    topic: TOPIC,
    title: 'The file is too long to be checked',
    check({ document: { tooLong, index } }, report) {
      if (!tooLong) return;
      const [lines, sections] = [MOST_LINES, MOST_SECTIONS].map((most) => most.toLocaleString('en'));
      report({
        span: { start: 0, end: (index.starts[1] ?? 1) - 1 },
        message: `This file has more than ${lines} lines or ${sections} sections; none of them was checked.`,
        remedy: 'Split the file, or keep long lists in map and pattern files.',
      });
    },
  },
  {
    id: 'HAP004',
    severity: 'error',
    topic: TOPIC,
    title: 'The last line has no line end',
    check({ document: { text, files } }, report) {
      for (const { start, end } of files) {
        if (start === end || text.charAt(end - 1) === '\n') continue;
        const feed = text.lastIndexOf('\n', end - 1);
        const newText = feed > start && text.charAt(feed - 1) === '\r' ? '\r\n' : '\n';
        report({
          span: { start: end - 1, end },
          message: 'The last line has no line end; HAProxy takes the file for cut off.',
          remedy: 'End the file with a line feed.',
          fix: { title: 'Add the line end', edits: [{ start: end, end, newText }] },
        });
      }
    },
  },
  {
    id: 'HAP006',
    severity: 'error',
    topic: TOPIC,
    title: 'The file begins with a byte order mark',
    check({ document: { text, files } }, report) {
      for (const { start } of files) {
        if (!text.startsWith('\uFEFF', start)) continue;
        report({
          span: { start, end: start + 1 },
          message: 'The byte order mark becomes a part of the first word.',
          remedy: 'Save the file as UTF-8 without a byte order mark.',
          fix: { title: 'Remove the byte order mark', edits: [{ start, end: start + 1, newText: '' }] },
        });
      }
    },
  },
];
