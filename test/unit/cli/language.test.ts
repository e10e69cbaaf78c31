import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chosenLanguage, LANGUAGES, loadWords } from '../../../src/cli/language';
import { runCli } from '../../../src/cli/run';
import { translated } from '../../../src/presentation/words/localizer';
import type { Localizer } from '../../../src/presentation/words/localizer';
import { FakeWorld } from './fake-context';
import { FakeLabs } from './fake-labs';
import { healthyState } from './fixtures';

const root = join(import.meta.dirname, '..', '..', '..');

describe('the language', () => {
  test.each<[argv: string[], env: Record<string, string>, language: string]>([
    [[], {}, 'en'],
    [[], { LANG: 'vi_VN.UTF-8' }, 'vi'],
    [[], { LANG: 'vi' }, 'vi'],
    [[], { LANG: 'de_DE.UTF-8' }, 'en'],
    [[], { LANG: 'vi_VN.UTF-8', LC_MESSAGES: 'C' }, 'en'],
    [[], { LANG: 'en_US.UTF-8', LC_MESSAGES: 'vi_VN.UTF-8' }, 'vi'],
    [[], { LC_ALL: 'C.UTF-8', LC_MESSAGES: 'vi_VN.UTF-8' }, 'en'],
    [[], { LC_ALL: '', LANG: 'vi_VN.UTF-8' }, 'vi'],
    [['--lang', 'vi', 'list'], { LANG: 'en_US.UTF-8' }, 'vi'],
    [['list', '--lang=en'], { LANG: 'vi_VN.UTF-8' }, 'en'],
    [['exec', 'node1', '--', 'locale', '--lang', 'vi'], {}, 'en'],
    [['--lang'], { LANG: 'vi_VN.UTF-8' }, 'vi'],
  ])('%j with %j is %s', (argv, env, language) => {
    expect(chosenLanguage(argv, env)).toBe(language);
  });

  test('there is a bundle of each but English, and no other', () => {
    const bundles = readdirSync(join(root, 'l10n')).flatMap(
      (name) => /l10n\.(\w+)\.json$/.exec(name)?.[1] ?? [],
    );
    expect(['en', ...bundles].sort()).toEqual([...LANGUAGES].sort());
  });

  test('English reads no file', async () => {
    const words = await loadWords('en', () => Promise.reject(new Error('asked for the package')));
    expect(words.t('{0} of {1}', 2, 3)).toBe('2 of 3');
  });

  test('a bundle translates what it has, in the order its sentence wants', () => {
    const words = translated({ '{0} on {1}': 'trên {1}: {0}' });
    expect(words.t('{0} on {1}', 'Consul', 'node1')).toBe('trên node1: Consul');
    expect(words.t('{0} of {1}', 1, 3)).toBe('1 of 3');
  });

  test.each<[argv: string[], english: string, vietnamese: string]>([
    [
      ['stauts'],
      "unknown command 'stauts'\n(Did you mean status?)",
      "không có lệnh 'stauts'\n(Có phải ý bạn là status?)",
    ],
    [
      ['status', '--jsno'],
      "unknown option '--jsno'\n(Did you mean --json?)",
      "không có tùy chọn '--jsno'\n(Có phải ý bạn là --json?)",
    ],
    [['rename', 'gl3'], "missing required argument 'to'", "thiếu đối số bắt buộc 'to'"],
    [['exec', 'gl1'], "missing required argument 'command'", "thiếu đối số bắt buộc 'command'"],
    [
      ['list', 'a', 'b'],
      "too many arguments for 'list': 2 instead of 0.",
      "quá nhiều đối số cho 'list': 2 thay vì 0.",
    ],
    [
      ['logs', 'gl1', 'consul', '--lines'],
      "option '-n, --lines <count>' argument missing",
      "tùy chọn '-n, --lines <count>': thiếu đối số",
    ],
    [
      ['up', '--timings', 'slow'],
      "option '--timings <profile>' argument 'slow' is invalid. Allowed choices are fast, production.",
      "tùy chọn '--timings <profile>': đối số 'slow' không hợp lệ. Các lựa chọn cho phép: fast, production.",
    ],
    [
      ['completion', 'tcsh'],
      "value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.",
      "giá trị 'tcsh' không hợp lệ cho đối số 'shell'. Các lựa chọn cho phép: bash, zsh, fish.",
    ],
    [
      ['logs', 'gl1', 'consul', '-n', 'x'],
      "option '-n, --lines <count>' argument 'x' is invalid. a whole number, not negative",
      "tùy chọn '-n, --lines <count>': đối số 'x' không hợp lệ. một số nguyên không âm",
    ],
  ])('what is wrong with %j is said in it', async (argv, english, vietnamese) => {
    const words = await loadWords('vi', () => Promise.resolve(root));
    const told = async (l10n?: Localizer): Promise<string> => {
      const fake = new FakeWorld(new FakeLabs([], healthyState()));
      expect(await runCli(l10n ? { ...fake.context, l10n } : fake.context, argv, '1.0.0')).toBe(2);
      return fake.err;
    };
    expect(await told()).toContain(`error: ${english}\n`);
    expect(await told(words)).toContain(`lỗi: ${vietnamese}\n`);
  });

  test('a language there are no words in is refused by the grammar', async () => {
    const fake = new FakeWorld(new FakeLabs([], healthyState()));
    expect(await runCli(fake.context, ['--lang', 'tlh', 'list'], '1.0.0')).toBe(2);
    expect(fake.err).toContain('Allowed choices are en, vi.');
  });
});
