import { expect, test } from 'vitest';
import { workhorseEffects } from '../../../../src/services/gitlab-workhorse/effect';
import { renderWorkhorse } from '../../../../src/services/gitlab-workhorse/render';
import { contentOf, sampleService } from '../../lab/render/sample-context';

const OPTIONS = '/var/opt/gitlab/gitlab-workhorse/options';

test.each([
  [{}, {}, 'unix', '/var/opt/gitlab/gitlab-workhorse/sockets/socket', 'http://127.0.0.1:8080'],
  [
    { listenNetwork: 'tcp' as const, listenAddress: '127.0.0.1:8282' },
    { listen: '* 10.0.0.1', port: 8090 },
    'tcp',
    '127.0.0.1:8282',
    'http://127.0.0.1:8090',
  ],
])(
  '%j beside Puma %j is found where nginx and finds where Puma is',
  (own, puma, network, address, backend) => {
    const service = sampleService({
      layers: ['application'],
      change: (settings) => ({
        ...settings,
        workhorse: { ...settings.workhorse, ...own },
        puma: { ...settings.puma, ...puma },
      }),
    });
    expect(contentOf(renderWorkhorse(service), OPTIONS)).toBe(`-listenNetwork=${network}
-listenAddr=${address}
-authBackend=${backend}
-secretPath=/var/opt/gitlab/gitlab-rails/etc/gitlab_workhorse_secret
`);
  },
);

test('is started anew for other options', () => {
  const found = workhorseEffects.needs([{ path: OPTIONS, before: 'a', after: 'b' }]);
  expect(found.map(({ program, need }) => `${program} ${need}`)).toEqual(['gitlab-workhorse restart']);
});
