import { describe, expect, it, test } from 'vitest';
import { readComposeFile } from '../../../../src/languages/compose/compose-file';
import { imageVersion } from '../../../../src/languages/compose/image-version';
import { interpolate, readDotEnv } from '../../../../src/languages/compose/interpolation';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

test.each<readonly [image: string, variables: Record<string, string>, version: string | undefined]>([
  ['gitlab/gitlab-ee:17.5.2-ee.0', {}, '17.5'],
  ['gitlab/gitlab-ce:16.11.10-ce.0', {}, '16.11'],
  ['registry.example.com/mirror/gitlab-ee:18.5.0-ee.0', {}, '18.5'],
  ['registry.example.com:5000/gitlab/gitlab-ee:17.5.2-ee.0', {}, '17.5'],
  [`gitlab/gitlab-ee:17.5.2-ee.0@${DIGEST}`, {}, '17.5'],
  ['gitlab/gitlab-ee:18.0.0-rc42.ee.0', {}, '18.0'],
  ['registry.gitlab.com/gitlab-jh/omnibus-gitlab/gitlab-jh:17.1.0', {}, '17.1'],
  ['example/our-gitlab:17.5.2-ee.0', {}, '17.5'],
  ['gitlab/gitlab-ee:${TAG:-17.5.2-ee.0}', {}, '17.5'],
  ['gitlab/gitlab-ee:${TAG-17.5.2-ee.0}', {}, '17.5'],
  ['gitlab/gitlab-ee:${TAG:-17.5.2-ee.0}', { TAG: '16.11.10-ee.0' }, '16.11'],
  ['gitlab/gitlab-ee:$TAG', { TAG: '16.11.10-ee.0' }, '16.11'],
  ['gitlab/gitlab-ee:${TAG:?say which}', { TAG: '16.11.10-ee.0' }, '16.11'],
  ['${IMAGE:-${REGISTRY:-docker.io}/gitlab/gitlab-ee:17.5.2-ee.0}', {}, '17.5'],
  ['gitlab/gitlab-ee:${MAJOR:-17}.${MINOR:-5}.2-ee.0', {}, '17.5'],
  ['gitlab/gitlab-ee:$TAG', {}, undefined],
  ['gitlab/gitlab-ee:latest', {}, undefined],
  ['gitlab/gitlab-ee', {}, undefined],
  ['registry.example.com:5000/gitlab-ee', {}, undefined],
  [`gitlab/gitlab-ee@${DIGEST}`, {}, undefined],
  ['example/our-gitlab:3.1', {}, undefined],
])('%s with %j runs GitLab %s', (image, variables, version) => {
  expect(imageVersion(image, variables)).toBe(version);
});

describe('the version of a text is that of the services that hold it', () => {
  const versions = (text: string): (string | undefined)[] =>
    readComposeFile(text).configs.map(({ gitlabVersion }) => gitlabVersion);
  const env = 'environment: { GITLAB_OMNIBUS_CONFIG: "a 1" }';
  const [seventeen, sixteen] = [
    'image: gitlab/gitlab-ee:17.5.2-ee.0',
    'image: gitlab/gitlab-ce:16.11.10-ce.0',
  ];

  it.each([
    [
      'each service has its own',
      `services:\n  a:\n    ${seventeen}\n    ${env}\n  b:\n    ${sixteen}\n    ${env}\n`,
      ['17.5', '16.11'],
    ],
    ['the first form of compose files', `a:\n  ${seventeen}\n  ${env}\n`, ['17.5']],
    [
      'a list of NAME=value',
      `services:\n  a:\n    ${seventeen}\n    environment:\n      - GITLAB_OMNIBUS_CONFIG=a 1\n`,
      ['17.5'],
    ],
    [
      'an image by an anchor',
      `x-i: &i gitlab/gitlab-ee:17.5.2-ee.0\nservices:\n  a:\n    image: *i\n    ${env}\n`,
      ['17.5'],
    ],
    [
      'a service merged into another',
      `x-base: &base\n  ${seventeen}\nservices:\n  a:\n    <<: *base\n    ${env}\n`,
      ['17.5'],
    ],
    [
      'a text merged into a service',
      `x-base: &base\n  ${env}\nservices:\n  a:\n    <<: *base\n    ${seventeen}\n`,
      ['17.5'],
    ],
    [
      'a service that extends one of this file',
      `services:\n  base:\n    ${env}\n  a:\n    extends: { service: base }\n    ${seventeen}\n`,
      ['17.5'],
    ],
    [
      'one text for two versions',
      `x-e: &e\n  ${env}\nservices:\n  a:\n    <<: *e\n    ${seventeen}\n  b:\n    <<: *e\n    ${sixteen}\n`,
      [undefined],
    ],
    ['no image', `services:\n  a:\n    build: .\n    ${env}\n`, [undefined]],
  ])('%s', (_, text, expected) => {
    expect(versions(text)).toEqual(expected);
  });
});

test.each<readonly [text: string, variables: Record<string, string>]>([
  ['TAG=17.5.2-ee.0', { TAG: '17.5.2-ee.0' }],
  ['# a\n\nexport TAG = 17.5.2-ee.0 # pinned\r\n', { TAG: '17.5.2-ee.0' }],
  ['TAG="17.5.2-ee.0"\nB=\'$TAG\'\n', { TAG: '17.5.2-ee.0', B: '$TAG' }],
  ['MINOR=5\nTAG=17.${MINOR}.2-ee.0\n', { MINOR: '5', TAG: '17.5.2-ee.0' }],
  ['TAG=\nnothing\n=x\n', { TAG: '' }],
])('the variables of %j', (text, variables) => {
  expect(readDotEnv(text)).toEqual(variables);
});

test.each<readonly [text: string, value: string | undefined]>([
  ['${A:-x}', 'x'],
  ['${E:-x}', 'x'],
  ['${E-x}', ''],
  ['${S:+x}', 'x'],
  ['${A:+x}', ''],
  ['$$A', '$A'],
  ['${A', undefined],
  ['${A:?}', undefined],
])('Compose makes %j of %s', (text, value) => {
  expect(interpolate(text, { E: '', S: 's' })).toBe(value);
});
