import { expect, test } from 'vitest';
import { sidekiqEffects } from '../../../../src/services/sidekiq/effect';
import { renderSidekiq, sidekiqEnvironment } from '../../../../src/services/sidekiq/render';
import { contentOf, sampleService } from '../../lab/render/sample-context';

const OPTIONS = '/var/opt/gitlab/sidekiq/options';

test.each([
  [5, ['*'], 'default'],
  [10, ['mailers,default', '*'], 'mailers default'],
])('%i threads for the queues of %j take %s', (concurrency, queueGroups, queues) => {
  const service = sampleService({
    layers: ['application'],
    change: (settings) => ({ ...settings, sidekiq: { ...settings.sidekiq, concurrency, queueGroups } }),
  });
  const named = queues.split(' ').flatMap((name) => ['--queue', name]);
  expect(contentOf(renderSidekiq(service), OPTIONS).split('\n')).toEqual([
    '--concurrency',
    String(concurrency),
    '--timeout',
    '25',
    ...named,
    '',
  ]);
});

test('scripts of its node know how long a stop of it may take', () => {
  const service = sampleService({
    layers: ['application'],
    change: (settings) => ({ ...settings, sidekiq: { ...settings.sidekiq, shutdownTimeout: 120 } }),
  });
  expect(sidekiqEnvironment(service)).toEqual({ LAB_SIDEKIQ_STOP_TIME: 120 });
  expect(sidekiqEnvironment(sampleService())).toEqual({});
});

test.each([OPTIONS, '/var/opt/gitlab/gitlab-rails/etc/standin.json'])('is started anew for %s', (path) => {
  const found = sidekiqEffects.needs([{ path, before: 'a', after: 'b' }]);
  expect(found.map(({ program, need }) => `${program} ${need}`)).toEqual(['sidekiq restart']);
});
