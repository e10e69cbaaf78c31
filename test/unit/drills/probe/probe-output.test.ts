import { describe, expect, it } from 'vitest';
import { numbersIn, parseAttempt, parsePresence } from '../../../../src/drills/probe/probe-output';

describe('a line of the probe', () => {
  it('is an acknowledged write with its times', () => {
    const line = '{"path":"postgres","run":"r","seq":7,"at":1000,"ms":12.5,"ok":true,"error":null}';
    expect(parseAttempt(line)).toEqual({
      path: 'postgres',
      sequence: 7,
      startedAt: 1000,
      endedAt: 1012.5,
      acknowledged: true,
    });
  });

  it('is a write that was not acknowledged, with what the client was told', () => {
    const line = '{"path":"redis","run":"r","seq":8,"at":1000,"ms":3,"ok":false,"error":"READONLY"}';
    expect(parseAttempt(line)).toEqual({
      path: 'redis',
      sequence: 8,
      startedAt: 1000,
      endedAt: 1003,
      acknowledged: false,
      error: 'READONLY',
    });
  });

  it.each([
    '',
    '{"path": "postgres", "run": "r", "se',
    '[1]',
    'null',
    '{"path":"http","run":"r","seq":1,"at":1,"ms":1,"ok":true,"error":null}',
    '{"path":"postgres","seq":"1","at":1,"ms":1,"ok":true}',
    '{"path":"postgres","seq":1,"at":1,"ms":1,"ok":1}',
  ])('is nothing else: %s', (line) => {
    expect(parseAttempt(line)).toBeUndefined();
  });
});

describe('the answer of probe verify', () => {
  it('says what is there and whether a primary said so', () => {
    const text = '{"path":"postgres","run":"r","count":4,"present":[[1,3],[7,7]],"primary":true}\n';
    const presence = parsePresence(text);
    expect(presence).toEqual({
      path: 'postgres',
      count: 4,
      present: [
        [1, 3],
        [7, 7],
      ],
      primary: true,
    });
    expect([...numbersIn(presence?.present ?? [])]).toEqual([1, 2, 3, 7]);
  });

  it.each([
    '{"error":"no answer in time"}',
    '{"path":"postgres","count":1,"present":[[1]],"primary":true}',
    '{"path":"postgres","count":1,"present":[[1,"2"]],"primary":true}',
    '{"path":"postgres","count":1,"present":[[1,1]]}',
  ])('is nothing else: %s', (text) => {
    expect(parsePresence(text)).toBeUndefined();
  });
});
