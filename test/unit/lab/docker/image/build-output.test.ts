import { describe, expect, it } from 'vitest';
import { parseBuildMessage } from '../../../../../src/lab/docker/image/build-output';

describe('what Docker says while it builds', () => {
  it.each([
    [
      '{"stream":"Step 3/15 : RUN apt-get update\\n"}',
      [{ kind: 'step', number: 3, of: 15, text: 'RUN apt-get update' }],
    ],
    [
      '{"stream":"one\\ntwo\\r\\n\\n"}',
      [
        { kind: 'line', text: 'one' },
        { kind: 'line', text: 'two' },
      ],
    ],
    ['{"stream":"\\n"}', []],
    ['{"aux":{"ID":"sha256:abc"}}', [{ kind: 'image', id: 'sha256:abc' }]],
    ['{"status":"Downloading","id":"7a2c"}', [{ kind: 'line', text: '7a2c: Downloading' }]],
    [
      '{"errorDetail":{"code":1,"message":"it returned 1"},"error":"other"}',
      [{ kind: 'error', text: 'it returned 1' }],
    ],
    ['{"error":"only this"}', [{ kind: 'error', text: 'only this' }]],
  ])('%s', (line, expected) => {
    expect(parseBuildMessage(line)).toEqual(expected);
  });
});
