import { expect, it } from 'vitest';
import { readComposeFile } from '../../../../src/languages/compose/compose-file';
import { dollars, interpolate } from '../../../../src/languages/compose/interpolation';
import { lintCompose } from '../../../../src/languages/compose/rules';
import { rulePages } from '../../../../tools/rules/pages';
import { tryFixes, type Faulty, type Judge, type Said } from './fix-judge';

/** Each line of the texts as Compose hands it over where no variable is set. */
const compose: Judge = {
  lint: (text) => lintCompose(readComposeFile(text), 'docker-compose.yml'),
  meaning: (text) => {
    const said = new Map<string, Said>();
    for (const [service, { written }] of readComposeFile(text).configs.entries()) {
      const unset = Object.fromEntries(dollars(written.text).map(({ name }) => [name, '']));
      const given = interpolate(written.text, unset);
      if (given === undefined) return undefined;
      for (const [line, value] of given.split('\n').entries())
        said.set(`service ${service}, line ${line}`, { value, lines: [] });
    }
    return said;
  },
};

const service = (ruby: string): string =>
  `services:\n  web:\n    environment:\n      GITLAB_OMNIBUS_CONFIG: |\n        ${ruby.replaceAll('\n', '\n        ')}\n`;

/** What nginx shall see, and what was written for it. */
const meantFor = (meant: string): Faulty => ({
  name: meant,
  text: service(meant.replace('$$', '$')),
  version: undefined,
  meant: service(meant),
});

const FILES: readonly Faulty[] = [
  ...rulePages('CMP', 'yaml').map(({ id, bad, good }) => ({
    name: id,
    text: bad.text,
    version: undefined,
    ...(id === 'CMP003' ? { meant: good.text } : {}),
  })),
  meantFor("nginx['x'] = 'add_header X $$host;'\nexternal_url 'https://$host'"),
  meantFor("nginx['x'] = {\n  'Host' => '$$http_host'\n}"),
  meantFor("gitlab_rails['env'] = { 'http_proxy' => '$http_proxy' }\nx = 'return 301 https://$$host;'"),
];

it('a fix of a compose file gives back what was meant', () => {
  const results = FILES.flatMap((faulty) => tryFixes(faulty, compose));
  expect(results.length).toBeGreaterThanOrEqual(4);
  expect(results.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`))).toEqual([]);
});
