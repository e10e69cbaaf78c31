import { expect, test } from 'vitest';
import { addressOf } from '../../../src/presentation/address';
import { OMNIBUS_LAYOUT } from '../../../src/services/core/live/layout';
import { logCommand } from '../../../src/features/services/log-command';
import { asTarget } from '../../../src/presentation/topology/target';
import { lab } from './support/lab';

test.each([
  [{ kind: 'node', lab: 'sample', node: 'node2' }, '10.0.0.12'],
  [{ kind: 'service', lab: 'sample', node: 'node2', service: 'patroni' }, '10.0.0.12:5432'],
  [{ kind: 'service', lab: 'sample', node: 'node2', service: 'keepalived' }, '10.0.0.12'],
  [{ kind: 'gateway', lab: 'sample' }, 'http://127.0.0.1:8080'],
  [{ kind: 'node', lab: 'sample', node: 'node9' }, undefined],
  [{ kind: 'lab', lab: 'sample' }, undefined],
] as const)('the address of %o is %s', (target, expected) => {
  expect(addressOf(target, lab())).toBe(expected);
});

test('the log of a service is followed over its rotation', () => {
  expect(logCommand('patroni', OMNIBUS_LAYOUT)).toEqual([
    'tail',
    '-n',
    '200',
    '-F',
    '/var/log/gitlab/patroni/current',
  ]);
});

test.each([
  [{ kind: 'lab', lab: 'x' }, true],
  [{ kind: 'planet', lab: 'x' }, false],
  [{ kind: 'lab' }, false],
  ['lab', false],
  [undefined, false],
  [null, false],
])('%o as the argument of a command is a target: %s', (argument, expected) => {
  expect(asTarget(argument) !== undefined).toBe(expected);
});
