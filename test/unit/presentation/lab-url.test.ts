import { expect, test } from 'vitest';
import { sshUrl, webUrl } from '../../../src/presentation/lab-url';

const HTTP = 'http://127.0.0.1:8080/';

test.each([
  [{ http: 8080, https: 8443, ssh: 2222 }, HTTP, 'https://127.0.0.1:8443/', 'ssh://git@127.0.0.1:2222/'],
  [{ http: 8080 }, HTTP, HTTP, undefined],
  [{}, undefined, undefined, undefined],
])('where a person finds a lab that publishes %j', (published, httpUrl, web, ssh) => {
  expect([webUrl({ published, httpUrl }), sshUrl({ published })]).toEqual([web, ssh]);
});
