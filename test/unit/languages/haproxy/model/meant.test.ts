import { describe, expect, it } from 'vitest';
import { keywordTable } from '../../../../../src/languages/haproxy/schema/keywords/tables';
import { createMeaning } from '../../../../../src/languages/haproxy/model/meant';
import { parseHaproxy, type Statement } from '../../../../../src/languages/haproxy/syntax/document';
import { HAPROXY_VERSIONS } from '../../../../../src/languages/haproxy/schema/version';

function statement(line: string): Statement {
  const [found] = parseHaproxy(`backend b\n    ${line}\n`, '3.0').sections[0]?.statements ?? [];
  if (found === undefined) throw new Error(`${line} is no statement`);
  return found;
}

const text = ({ keyword, args }: Statement): string => [keyword, ...args].map(({ value }) => value).join(' ');

describe('what a line was meant to say', () => {
  it.each([
    ['mde http', 'mode http'],
    ['timeout sever 30s', 'timeout server 30s'],
    ['timout connect 5s', 'timeout connect 5s'],
    ['sever a 10.0.0.1:80', 'server a 10.0.0.1:80'],
    ['option httpchck', 'option httpchk'],
    ['default-srver port 8008', 'default-server port 8008'],
    ['mode http', 'mode http'],
    ['timeout server-fin 1s', 'timeout server-fin 1s'],
    ['wholly-other thing', 'wholly-other thing'],
  ])('%s: %s', (written, meant) => {
    expect(text(createMeaning()(statement(written)))).toBe(meant);
  });

  it.each(HAPROXY_VERSIONS)('leaves every keyword alone that HAProxy %s knows', (version) => {
    for (const section of ['defaults', 'frontend', 'backend', 'listen']) {
      for (const keyword of keywordTable(version).sections.get(section) ?? []) {
        const written = statement(keyword);
        expect(createMeaning()(written)).toBe(written);
      }
    }
  });
});
