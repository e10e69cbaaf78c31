import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, lintSection, readSettings } from '../../../src/server/session/settings';

describe('settings', () => {
  test('are read as the client sends them', () => {
    const sent = {
      enabled: true,
      severities: { HAP300: 'error', glr012: 'off' },
      labRemarks: true,
      gitlabVersion: '18.4',
      haproxyVersion: '',
      haproxyConfigurations: [['haproxy/haproxy.cfg', 'haproxy/conf.d'], 'other', [7, ' ']],
    };
    expect(readSettings(sent)).toEqual({
      enabled: true,
      severities: { HAP300: 'error', GLR012: 'off' },
      labRemarks: true,
      gitlabVersion: '18.4',
      haproxyVersion: undefined,
      haproxyConfigurations: [['other'], ['haproxy/haproxy.cfg', 'haproxy/conf.d']],
    });
    expect(readSettings({ enabled: false }).enabled).toBe(false);
  });

  test.each([[undefined], [null], ['text'], [[]], [{}], [{ severities: ['HAP300'], gitlabVersion: 19.3 }]])(
    'that are malformed count as not said: %j',
    (sent) => {
      expect(readSettings(sent)).toEqual(DEFAULT_SETTINGS);
    },
  );

  test('a severity nobody knows is left out', () => {
    expect(readSettings({ severities: { HAP300: 'fatal', HAP301: 'hint' } }).severities).toEqual({
      HAP301: 'hint',
    });
  });

  test('are found in what a client without questions sends', () => {
    expect(lintSection({ gitlabHaLab: { lint: { enabled: false } } })).toEqual({ enabled: false });
    expect(lintSection({ other: 1 })).toBeUndefined();
  });
});
