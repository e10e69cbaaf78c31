import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import { isRecentEnough } from '../../../../src/lab/docker/endpoint/connect';
import { dockerFailure } from '../../../../src/lab/docker/docker-errors';
import { LabError } from '../../../../src/lab/lab-error';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

describe('what a failed call means', () => {
  it.each([
    [withCode('EACCES'), 'no-permission'],
    [withCode('EPERM'), 'no-permission'],
    [withCode('ECONNREFUSED'), 'no-docker'],
    [withCode('ENOENT'), 'no-docker'],
    [withCode('ENOSPC'), 'no-disk'],
    [new Error('outer', { cause: withCode('ECONNRESET') }), 'no-docker'],
    [Object.assign(new Error('x'), { name: 'AbortError' }), 'cancelled'],
    [
      Object.assign(new Error('x'), { statusCode: 500, json: { message: 'daemon says no' } }),
      'docker-failed',
    ],
    [
      Object.assign(new Error('x'), {
        statusCode: 500,
        json: { message: 'mkdir /var/lib/docker/overlay2/4f: no space left on device' },
      }),
      'no-disk',
    ],
    [new LabError('busy', verbatim('m'), verbatim('r')), 'busy'],
  ])('%o', (error, code) => {
    const failure = dockerFailure(verbatim('create network x'), error);
    expect(failure.code).toBe(code);
    expect(failure.remedy.length).toBeGreaterThan(0);
  });

  it('tells what the daemon said', () => {
    const error = Object.assign(new Error('(HTTP code 500)'), {
      statusCode: 500,
      json: { message: 'daemon says no' },
    });
    expect(dockerFailure(verbatim('create network x'), error).message).toBe(
      'Could not create network x: daemon says no',
    );
  });
});

describe('the engine’s API version', () => {
  it.each([
    ['1.41', true],
    ['1.40', false],
    ['1.39', false],
    ['1.5', false],
    ['2.0', true],
  ])('%s is recent enough: %s', (version, expected) => {
    expect(isRecentEnough(version)).toBe(expected);
  });
});
