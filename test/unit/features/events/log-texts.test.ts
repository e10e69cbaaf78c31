import { expect, it } from 'vitest';
import { LogTexts, logPath } from '../../../../src/features/events/log-texts';

it('two labs whose nodes have the same names have a document each, with the same title', () => {
  expect([logPath('one', 'node1 redis 10-00-00'), logPath('two', 'node1 redis 10-00-00')]).toEqual([
    '/one/node1 redis 10-00-00.log',
    '/two/node1 redis 10-00-00.log',
  ]);
});

it('who shows a document is told when it has another text', () => {
  const changed: string[] = [];
  const texts = new LogTexts((path) => changed.push(path));
  texts.keep('/one/a.log', 'first');
  texts.keep('/one/a.log', 'first');
  texts.keep('/one/a.log', 'second');
  expect(changed).toEqual(['/one/a.log', '/one/a.log']);
  expect(texts.get('/one/a.log')).toBe('second');
});

it('the last twenty are kept', () => {
  const texts = new LogTexts(() => undefined);
  for (let number = 1; number <= 20; number++) texts.keep(`/one/${number}.log`, `text ${number}`);
  texts.keep('/one/1.log', 'seen again');
  texts.keep('/one/21.log', 'text 21');
  expect([1, 2, 3, 21].map((number) => texts.get(`/one/${number}.log`))).toEqual([
    'seen again',
    undefined,
    'text 3',
    'text 21',
  ]);
});
