import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../../src/services/core/live/health';
import type { NodeView, View } from '../../../../src/services/core/live/view';
import { gitlabSshdLive } from '../../../../src/services/gitlab-sshd/live';
import { gitlabWorkhorseLive } from '../../../../src/services/gitlab-workhorse/live';
import { nginxLive } from '../../../../src/services/nginx/live';
import { parseAnswers, UNASKED } from '../../../../src/services/puma/ask';
import type { Answer } from '../../../../src/services/puma/ask';
import { pumaLive } from '../../../../src/services/puma/live';
import { sidekiqLive } from '../../../../src/services/sidekiq/live';

/** A node of which one thing is known: what each part answered; `unread` when nothing is. */
function node(answer: Answer | undefined | 'unread'): NodeView {
  const fact = (): unknown => (answer === 'unread' ? undefined : { value: answer, at: 0 });
  return { name: 'node1', fact } as unknown as NodeView;
}

const VIEW = {} as View;
const brief = (verdict: Verdict | undefined): string => `${verdict?.health}: ${verdict?.detail.toString()}`;

const QUEUES = '{"enqueued":2,"busy":1,"retries":3,"dead":0,"processes":3}';
const READY = '{"status":"ok","master_check":[{"status":"ok"}],"db_check":[{"status":"ok"}]}';
const NOT_READY =
  '{"status":"failed","db_check":[{"status":"failed","message":"no"}],"cache_check":[{"status":"failed"}],' +
  '"queues_check":[{"status":"failed"}],"gitaly_check":[{"status":"failed","labels":{"shard":"default"}}]}';

describe('the health of a part follows from its own page', () => {
  test.each([
    ['Puma', pumaLive, { status: 200, body: READY }, 'ok: ready (stand-in for Rails)'],
    ['Puma', pumaLive, { status: 503, body: NOT_READY }, 'degraded: not ready: database, Redis, Git storage'],
    ['Puma', pumaLive, { status: 500, body: '' }, 'degraded: answers 500'],
    ['Puma', pumaLive, undefined, 'degraded: does not answer'],
    ['Puma', pumaLive, 'unread' as const, 'unknown: its health page has not been read'],
    ['Workhorse', gitlabWorkhorseLive, { status: 200, body: 'OK' }, 'ok: passes on to Puma (stand-in)'],
    ['nginx', nginxLive, { status: 200, body: 'Active' }, 'ok: passes on to Workhorse'],
    ['gitlab-sshd', gitlabSshdLive, { status: 200, body: '' }, 'ok: takes SSH connections'],
    ['gitlab-sshd', gitlabSshdLive, { status: 503, body: '' }, 'degraded: answers 503'],
    ['Sidekiq', sidekiqLive, { status: 200, body: QUEUES }, 'ok: takes jobs'],
    [
      'Sidekiq',
      sidekiqLive,
      { status: 200, body: QUEUES.replace('"dead":0', '"dead":4') },
      'degraded: 4 jobs are dead',
    ],
    ['Sidekiq', sidekiqLive, UNASKED, 'ok: runs; its health page is off'],
    ['Sidekiq', sidekiqLive, { status: 503, body: '{}' }, 'degraded: answers 503'],
  ])('%s', (_name, live, answer, verdict) => {
    expect(brief(live.verdict?.(VIEW, node(answer)))).toBe(verdict);
  });

  test('Sidekiq tells what its queues hold', () => {
    expect(sidekiqLive.verdict?.(VIEW, node({ status: 200, body: QUEUES })).facts).toEqual({
      Enqueued: '2',
      Busy: '1',
      Retries: '3',
      Dead: '0',
      Processes: '3',
    });
  });
});

describe('a line of the script that asks', () => {
  test('holds an answer for each part, or none', () => {
    const line = `puma 200 {"status":"ok"}\tsidekiq \tnginx 000\tgitlab-sshd 200 \tgitlab-workhorse 200 OK\t`;
    expect(Object.fromEntries(parseAnswers(line))).toEqual({
      puma: { status: 200, body: '{"status":"ok"}' },
      sidekiq: undefined,
      nginx: undefined,
      'gitlab-sshd': { status: 200, body: '' },
      'gitlab-workhorse': { status: 200, body: 'OK' },
    });
  });
});
