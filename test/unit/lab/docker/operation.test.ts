import { verbatim } from '../../../../src/words/message';
import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { Operation } from '../../../../src/lab/docker/operation';
import { LabError } from '../../../../src/lab/lab-error';
import type { Progress } from '../../../../src/lab/lab-service';

const NO_DOCKER = {} as Docker;
const hide = (text: string): string => text.replaceAll('s3cret', '***');

/** An operation that hides a secret, and all it tells. */
function operation(): { hiding: Operation; told: (Progress | string)[] } {
  const told: (Progress | string)[] = [];
  const control = {
    log: (line: string) => void told.push(line),
    onProgress: (progress: Progress) => void told.push(progress),
  };
  const hiding = new Operation(NO_DOCKER, control, {});
  hiding.hide(hide);
  return { hiding, told };
}

describe('an operation that hides secrets', () => {
  it.each([
    ['itself', (hiding: Operation) => hiding],
    ['what cleans up after it', (hiding: Operation) => hiding.uncancellable()],
  ])('hides them in all that %s logs and tells', (_name, which) => {
    const { hiding, told } = operation();
    which(hiding).log('node1 said s3cret');
    which(hiding).progress('health', verbatim('waiting for s3cret'), 0.5, [
      verbatim('node1: s3cret'),
      verbatim('node2: nothing'),
    ]);
    expect(told).toEqual([
      'node1 said ***',
      {
        step: 'health',
        message: 'waiting for ***',
        fraction: 0.5,
        waitingFor: ['node1: ***', 'node2: nothing'],
      },
      'health: waiting for ***',
    ]);
  });

  it('hides them in the error it ends with', () => {
    const cause = new Error('s3cret');
    const error = new LabError(
      'not-healthy',
      verbatim('node1: s3cret is refused'),
      verbatim('Change s3cret.'),
      {
        missing: [verbatim('node1: s3cret')],
        cause,
      },
    );
    const failure = operation().hiding.failure(verbatim('deploy'), error);
    expect(failure).toBeInstanceOf(LabError);
    expect(failure).toMatchObject({
      code: 'not-healthy',
      message: 'node1: *** is refused',
      remedy: 'Change ***.',
      details: { missing: ['node1: ***'], cause },
    });
  });

  it("hides them in what Docker said, which becomes the error's text", () => {
    const said = Object.assign(new Error('no'), { statusCode: 500, json: { message: 'bad value s3cret' } });
    expect(operation().hiding.failure(verbatim('start node1'), said)).toMatchObject({
      code: 'docker-failed',
      message: 'Could not start node1: bad value ***',
    });
  });
});
